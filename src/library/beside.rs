//! A pack in another language, written beside the English one, so that nobody fetches twice what both say alike: ids,
//! what an idea is described with, and whatever has not been translated yet.
//!
//! Both are cut into cells, of which they have equally many. Of the other language there is a line for each cell, or one
//! for a run of cells that are the same in English: U+0001 and how many. A cell that ends as the English one does names
//! the bytes it has in common with it: U+0002 and how many.

use std::str::SplitInclusive;

const SAME: char = '\u{1}';
const REST: char = '\u{2}';
/// Fewer bytes in common are written once more.
const WORTH: usize = 32;

type Cells<'a> = SplitInclusive<'a, [char; 2]>;

/// The cells of a pack, each with the mark that ends it.
fn cells(pack: &str) -> Cells<'_> {
    pack.split_inclusive(['\n', '\u{1f}'])
}

/// A cell without its mark.
fn bare(cell: &str) -> &str {
    cell.get(..cell.len() - 1).unwrap_or_default()
}

/// What is to be kept of another language beside the English pack; none where the two have not equally many cells.
pub fn beside(english: &str, other: &str) -> Option<String> {
    fn close(same: &mut usize, written: &mut String) {
        if *same > 0 {
            written.push_str(&format!("{SAME}{same}\n"));
        }
        *same = 0;
    }
    let (mut written, mut same) = (String::new(), 0);
    let (mut theirs, mut ours) = (cells(english), cells(other));
    loop {
        match (theirs.next(), ours.next()) {
            (None, None) => break,
            (Some(theirs), Some(ours)) if theirs == ours => same += 1,
            (Some(theirs), Some(ours)) => {
                close(&mut same, &mut written);
                let (theirs, ours) = (bare(theirs), bare(ours));
                let rest = in_common(theirs, ours);
                written.push_str(ours.get(..ours.len() - rest)?);
                if rest > 0 {
                    written.push_str(&format!("{REST}{rest}"));
                }
                written.push('\n');
            }
            _ => return None,
        }
    }
    close(&mut same, &mut written);
    Some(written)
}

/// How many bytes both end with alike.
fn in_common(one: &str, other: &str) -> usize {
    let pairs = one.chars().rev().zip(other.chars().rev());
    let alike = pairs.take_while(|(one, other)| one == other).map(|(letter, _)| letter.len_utf8()).sum();
    if alike < WORTH { 0 } else { alike }
}

/// The pack of the other language; none where what is kept of it was not written beside this one.
pub fn joined(english: &str, beside: &str) -> Option<String> {
    let mut cells = cells(english);
    let mut joined = String::with_capacity(english.len() + beside.len());
    for line in beside.strip_suffix('\n')?.split('\n') {
        if let Some(same) = line.strip_prefix(SAME) {
            for _ in 0..same.parse::<usize>().ok()? {
                joined.push_str(cells.next()?);
            }
            continue;
        }
        let cell = cells.next()?;
        match line.split_once(REST) {
            None => joined.push_str(line),
            Some((own, rest)) => {
                let theirs = bare(cell);
                joined.push_str(own);
                joined.push_str(theirs.get(theirs.len().checked_sub(rest.parse().ok()?)?..)?);
            }
        }
        joined.push_str(cell.get(cell.len() - 1..)?);
    }
    cells.next().is_none().then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "and it goes on in English for some more words, é included";

    fn english() -> String {
        format!("2\nen\nsoup\u{1f}walk\nSoup\u{1f}A walk\nStart {LONG}\u{1f}\nkinds\nend\n")
    }

    fn spanish() -> String {
        format!("2\nes\nsoup\u{1f}walk\nSoup\u{1f}Un paseo\nComienzo {LONG}\u{1f}\nkinds\nend\n")
    }

    #[test]
    fn the_other_language_comes_back_and_only_what_it_says_itself_is_kept() {
        let kept = beside(&english(), &spanish()).unwrap();
        assert_eq!(joined(&english(), &kept), Some(spanish()));
        let rest = LONG.len() + 1;
        assert_eq!(kept, format!("\u{1}1\nes\n\u{1}3\nUn paseo\nComienzo\u{2}{rest}\n\u{1}3\n"));
    }

    #[test]
    fn what_was_written_beside_another_pack_is_refused() {
        let kept = beside(&english(), &spanish()).unwrap();
        assert_eq!(joined(&english().replace("kinds\n", ""), &kept), None);
        assert_eq!(joined(&format!("{}more\n", english()), &kept), None);
        assert_eq!(joined(&english().replace(LONG, "short"), &kept), None);
        assert_eq!(beside(&english(), &spanish().replace("kinds\n", "")), None);
        for wrong in ["", "x", "\u{1}\n", "\u{1}99999999999\n", "\u{1}-1\n", "a\u{2}99\n", "a\u{2}b\n"] {
            assert_eq!(joined(&english(), wrong), None, "{wrong:?}");
        }
    }
}
