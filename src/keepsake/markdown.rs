//! The book as Markdown (CommonMark 0.31). Without photos: a text file carries none.

use super::{Book, Entry};

/// Characters that mean something in CommonMark somewhere, and are ordinary after a backslash.
const MEANING: &str = "\\`*_{}[]()<>#+-.!|~&";

/// The whole book.
pub fn write(book: &Book) -> String {
    let mut text = format!("# {}\n\n{}\n", plain(&book.title), plain(&book.subtitle));
    for month in &book.months {
        text.push_str(&format!("\n## {}\n", plain(&month.name)));
        for entry in &month.entries {
            add(&mut text, entry);
        }
    }
    text
}

fn add(text: &mut String, entry: &Entry) {
    text.push_str(&format!("\n### {}\n", plain(&entry.head)));
    for (label, words) in &entry.texts {
        text.push('\n');
        if let Some(label) = label {
            text.push_str(&format!("**{}**  \n", plain(label)));
        }
        // Two spaces at the end of a line keep the break.
        text.push_str(&words.lines().map(plain).collect::<Vec<_>>().join("  \n"));
        text.push('\n');
    }
    if !entry.notes.is_empty() {
        text.push_str(&format!("\n*{}*\n", plain(&entry.notes.join(", "))));
    }
}

/// A line in which no character means anything.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for letter in line.trim().chars() {
        if MEANING.contains(letter) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::samples::book;
    use super::*;

    #[test]
    fn a_book_is_headings_and_paragraphs_with_their_line_breaks() {
        let text = write(&book("Soup.\nWith leeks"));
        let expected = "# Ana and Tom\n\n2026\n\n## May 2026\n\n### Ana, 3 May\n\nSoup\\.  \nWith leeks\n\n\
                        **What we try**  \nless salt\n\n*Felt glad*\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn words_stay_words() {
        let text = write(&book("# no heading\n<script>alert(1)</script>\n[x](javascript:y) *a* `b`"));
        let expected = r"\# no heading  
\<script\>alert\(1\)\</script\>  
\[x\]\(javascript:y\) \*a\* \`b\`";
        assert!(text.contains(expected), "{text}");
    }
}
