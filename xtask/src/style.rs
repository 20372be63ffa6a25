//! One style sheet from its four sources: nothing is drawn before every one has come, and each comes through the service
//! worker by itself, so four would be waited for where one will do.

use std::path::Path;
use std::{fs, io};

/// The sources, in the order in which their rules count.
const SOURCES: [&str; 4] = ["tokens", "base", "parts", "rooms"];
/// What the page links to. Made here and not kept in the repository.
const MADE: &str = "style/app.css";

/// Writes the one sheet, unless it would not change.
pub fn join() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sheet = String::new();
    for source in SOURCES {
        sheet += &fs::read_to_string(root.join(format!("style/{source}.css")))?;
    }
    crate::write_if_changed(&root.join(MADE), &sheet)
}
