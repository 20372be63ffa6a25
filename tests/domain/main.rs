//! The domain, natively: what two phones may rely on. Each test reads as a sentence about the product.

mod arrows;
mod entries;
mod erasing;
mod hostile;
mod laws;
mod phones;
mod swapping;
