//! The book as one file of HTML: no script, nothing from elsewhere, photos within. It prints as it stands.

use super::{Book, Entry};
use crate::log::Member;

/// How it looks on a screen and on paper: hers on one side, his on the other, no entry cut in two where it can be spared.
const STYLE: &str = "body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.55 Georgia,serif;color:#2b2622;background:#fdf9f1}\
header{text-align:center;margin:22vh 0}h1{font-size:2.4rem;margin:0}h2{margin:3rem 0 1rem;font-size:1.5rem}\
article{break-inside:avoid;margin:0 0 1.5rem;padding:.2rem 1rem}.mother{border-left:4px solid #a03c26;margin-right:12%}\
.son{border-right:4px double #285d6b;margin-left:12%}h3{font:600 .95rem sans-serif;margin:0}p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}\
dt{font:600 .85rem sans-serif;margin-top:.4rem}dd{margin:0;white-space:pre-wrap}small{color:#62574d}img{max-width:100%;max-height:60vh}\
@media print{body{background:none;max-width:none;margin:0}header{break-after:page;margin:35vh 0}h2{break-after:avoid}}";

/// The whole book.
pub fn write(book: &Book) -> String {
    let (title, subtitle, language) = (plain(&book.title), plain(&book.subtitle), plain(&book.language));
    let mut text = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         <header>\n<h1>{title}</h1>\n<p>{subtitle}</p>\n</header>\n"
    );
    for month in &book.months {
        text.push_str(&format!("<h2>{}</h2>\n", plain(&month.name)));
        for entry in &month.entries {
            add(&mut text, entry);
        }
    }
    text
}

fn add(text: &mut String, entry: &Entry) {
    let side = match entry.member {
        Member::Mother => "mother",
        Member::Son => "son",
    };
    text.push_str(&format!("<article class=\"{side}\">\n<h3>{}</h3>\n", plain(&entry.head)));
    for (shows, address) in &entry.photos {
        text.push_str(&format!("<img src=\"{}\" alt=\"{}\">\n", plain(address), plain(shows)));
    }
    for (label, words) in &entry.texts {
        let words = plain(words);
        text.push_str(&match label {
            Some(label) => format!("<dl><dt>{}</dt><dd dir=\"auto\">{words}</dd></dl>\n", plain(label)),
            None => format!("<p dir=\"auto\">{words}</p>\n"),
        });
    }
    if !entry.notes.is_empty() {
        text.push_str(&format!("<small>{}</small>\n", plain(&entry.notes.join(" · "))));
    }
    text.push_str("</article>\n");
}

/// Words in which no character is markup, in text and in attributes.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\'' => plain.push_str("&#39;"),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::samples::book;
    use super::*;

    #[test]
    fn words_stay_words_wherever_they_stand() {
        let hostile = "\"><script>alert(1)</script><img src=x onerror='y'>";
        let mut one = book(hostile);
        one.title = hostile.into();
        one.months[0].name = hostile.into();
        one.months[0].entries[0].head = hostile.into();
        one.months[0].entries[0].notes = vec![hostile.into()];
        one.months[0].entries[0].photos = vec![(hostile.into(), "data:image/jpeg;base64,AAAA".into())];
        let text = write(&one);
        assert_eq!(text.matches("<script").count(), 0);
        assert_eq!(text.matches("<img").count(), 1);
        assert_eq!(text.matches("onerror='").count(), 0);
    }

    #[test]
    fn nothing_in_it_comes_from_elsewhere() {
        let text = write(&book("soup"));
        assert!(!text.contains("http") && !text.contains("url(") && !text.contains("<script"));
        assert!(text.contains("<p dir=\"auto\">soup</p>"));
    }
}
