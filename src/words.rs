//! Every text of the interface, one function each, made from `content/<language>/words.toml` by `build.rs`.

// Not every section is looked up by id, and not every text by more than its id.
#![allow(dead_code)]
// A plural form may have no gap to fill.
#![allow(clippy::useless_format)]

include!(concat!(env!("OUT_DIR"), "/words.rs"));
