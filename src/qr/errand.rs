//! What a page asks of the program that draws and reads codes, and what that answers: the messages between two threads
//! of one phone. A text is one word and what belongs to it; bytes, pictures and canvases travel beside it.

use crate::caps;
use crate::ids::Fingerprint;

/// What a page asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Show the bytes that come along as a moving code, on the canvas that comes along, until it is stopped.
    Show {
        /// With larger squares: for a camera that has not seen any of it.
        larger: bool,
    },
    /// Draw this text as a code that stands still. The picture goes back with the answer.
    Draw(String),
    /// Watch the pictures of a camera that come one after the other, until a whole film has been gathered.
    Film,
    /// Watch them until a code has been seen whose text begins like this.
    Find(String),
    /// Read the code in the picture that comes along, as the bytes of a file.
    Look,
    /// Say these bytes in so many words.
    Words(Fingerprint, usize),
}

impl Errand {
    /// The text that is sent.
    pub fn to_text(&self) -> String {
        match self {
            Self::Show { larger: false } => "show".into(),
            Self::Show { larger: true } => "show larger".into(),
            Self::Draw(text) => format!("draw {text}"),
            Self::Film => "film".into(),
            Self::Find(beginning) => format!("find {beginning}"),
            Self::Look => "look".into(),
            Self::Words(bytes, count) => format!("words {count} {bytes}"),
        }
    }

    /// Reads such a text; none where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match words(text) {
            ("show", None) => Self::Show { larger: false },
            ("show", Some("larger")) => Self::Show { larger: true },
            ("draw", Some(text)) if text.len() <= caps::FRAME_CHARS => Self::Draw(text.into()),
            ("film", None) => Self::Film,
            ("find", Some(beginning)) => Self::Find(beginning.into()),
            ("look", None) => Self::Look,
            ("words", Some(what)) => {
                let (count, bytes) = what.split_once(' ')?;
                Self::Words(bytes.parse().ok()?, count.parse().ok()?)
            }
            _ => return None,
        })
    }
}

/// What the program answers in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// All of a film has been seen; its bytes come along.
    Whole,
    /// A code said this; or these are the words.
    Said(String),
    /// The code is drawn; its picture comes along.
    Drawn,
    /// There is no code in the picture, or not a whole one.
    Nothing,
    /// There is more to show than anybody would film.
    TooMuch,
    /// The person stopped it.
    Stopped,
    /// The browser cannot do it.
    Failed,
}

impl Answer {
    const ALONE: [(Self, &str); 6] = [
        (Self::Whole, "whole"),
        (Self::Drawn, "drawn"),
        (Self::Nothing, "nothing"),
        (Self::TooMuch, "too-much"),
        (Self::Stopped, "stopped"),
        (Self::Failed, "failed"),
    ];

    /// Reads such a text; none where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        match words(text) {
            ("said", Some(said)) => Some(Self::Said(said.into())),
            (_, None) => Self::ALONE.into_iter().find(|(_, name)| *name == text).map(|(answer, _)| answer),
            _ => None,
        }
    }
}

/// The text that is sent.
impl From<&Answer> for String {
    fn from(answer: &Answer) -> Self {
        match answer {
            Answer::Said(said) => format!("said {said}"),
            other => {
                Answer::ALONE.iter().find(|(answer, _)| answer == other).map_or("", |(_, name)| name).into()
            }
        }
    }
}

/// The first word, and what follows it.
fn words(text: &str) -> (&str, Option<&str>) {
    text.split_once(' ').map_or((text, None), |(word, rest)| (word, Some(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_errand_is_read_as_it_was_sent() {
        let longest = "A".repeat(caps::FRAME_CHARS);
        for errand in [
            Errand::Show { larger: false },
            Errand::Show { larger: true },
            Errand::Draw("BOTHWAYS:1 2".into()),
            Errand::Draw(longest.clone()),
            Errand::Film,
            Errand::Find(String::new()),
            Errand::Find("BOTHWAYS:".into()),
            Errand::Look,
            Errand::Words(Fingerprint::from_bytes([7; 32]), 12),
        ] {
            assert_eq!(Errand::parse(&errand.to_text()), Some(errand));
        }
        for text in [
            "",
            "shows",
            "show ",
            "film 1",
            "draw",
            "look x",
            "words 12",
            "words x 07",
            &format!("draw {longest}A"),
        ] {
            assert_eq!(Errand::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_answer_is_read_as_it_was_sent() {
        let mut answers: Vec<_> = Answer::ALONE.into_iter().map(|(answer, _)| answer).collect();
        // What a code says is somebody else's: it may look like anything.
        answers
            .extend(["", "whole", "two words\nand a line", " said "].map(|said| Answer::Said(said.into())));
        for answer in answers {
            assert_eq!(Answer::parse(&String::from(&answer)), Some(answer));
        }
        for text in ["", "said", "whole ", "whole 1", "none"] {
            assert_eq!(Answer::parse(text), None, "{text}");
        }
    }
}
