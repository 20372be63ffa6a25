//! Every text of the interface, one function each, made from `content/en/words.toml` by `build.rs`. Each looks its number
//! up in `words_table`, which has the texts of the language that is shown.

// Not every section is looked up by id, and not every text by more than its id.
#![allow(dead_code)]

include!(concat!(env!("OUT_DIR"), "/words.rs"));
