//! Two style sheets from their five sources. What the first picture needs becomes part of the page (`dist/inlined.rs`); the
//! rest comes with the program, whose rooms it is for. One file each, since each comes through the service worker by itself.

use std::path::Path;
use std::{fs, io};

/// The sheets the page names, made here and not kept in the repository, and their sources in the order in which they count.
const SHEETS: [(&str, &[&str]); 2] = [("first", &["tokens", "base", "shell"]), ("app", &["parts", "rooms"])];

/// Writes the sheets, where they would change.
pub fn join() -> io::Result<()> {
    let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    for (made, sources) in SHEETS {
        let mut sheet = String::new();
        for source in sources {
            sheet += &fs::read_to_string(style.join(format!("{source}.css")))?;
        }
        crate::write_if_changed(&style.join(format!("made/{made}.css")), &sheet)?;
    }
    Ok(())
}
