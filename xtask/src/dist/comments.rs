//! Our own scripts go out without their comments, which stand in the source for whoever reads there: 3 KB (brotli).
//! Only lines that are nothing but a comment are left out, so that no line of code can change.

use super::files::File;
use super::{Build, Problem, write};

const SCRIPTS: [&str; 7] =
    ["boot.js", "dress.js", "keep.js", "rescue.js", "too-old.js", "worker-start.js", "codes-start.js"];

/// Takes the comments out of our own scripts.
pub(crate) fn leave_out(build: &Build, files: &mut [File]) -> Vec<Problem> {
    let ours = files.iter_mut().filter(|file| SCRIPTS.contains(&file.path.as_str()));
    let written = ours.filter_map(|file| {
        let text = without_comments(file.text()?);
        file.bytes = text.into_bytes();
        Some(write(&build.staging.join(&file.path), &file.bytes))
    });
    written.filter_map(Result::err).collect()
}

fn without_comments(script: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//") && !line.trim().is_empty();
    script.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_comment_go_and_code_stays_as_it_is() {
        let script = "// Head.\n\nconst a = \"// no\"; // why\n  // inside\n  go(`a // b`);\n";
        assert_eq!(without_comments(script), "const a = \"// no\"; // why\n  go(`a // b`);\n");
    }
}
