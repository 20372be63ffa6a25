//! The domain, natively: what two phones may rely on. Each test reads as a sentence about the product.

// A test may stop where something it takes for granted is not so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod age;
mod arrows;
mod backup;
mod backup_hostile;
mod camera;
mod corpus;
mod counts;
mod entries;
mod erasing;
mod film;
mod fuzz;
mod golden;
mod handing_over;
mod holding_back;
mod hostile;
mod kinds;
mod laws;
mod locks;
mod machine;
mod model;
mod mutations;
mod numbers;
mod oracles;
mod own;
mod packing;
mod phones;
mod photo_swaps;
mod photos;
mod sealed;
mod sides;
mod stills;
mod swapping;
mod trusting;
mod undoing;
