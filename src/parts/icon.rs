//! One set of icons: drawn here, one stroke weight, always beside a word.

use leptos::prelude::*;

/// An icon by the name of what it stands for. Hidden from screen readers: the word beside it says it.
#[component]
pub fn Icon(
    /// The icon.
    of: Sign,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=of.path() />
        </svg>
    }
}

/// What an icon stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A sun over a horizon.
    Today,
    /// An open book.
    Guide,
    /// A kite.
    Ideas,
    /// Two threads that cross.
    Log,
    /// Two arrows.
    Swap,
    /// Two people.
    Us,
    /// A pen.
    Write,
    /// A star.
    Star,
    /// Two crossing ways.
    Surprise,
    /// An arrow out of a box, as iPhones draw it.
    Share,
    /// A cross in a box.
    Plus,
    /// A tick.
    Done,
    /// Three dots above each other.
    Dots,
    /// Three lines.
    Lines,
    /// A face that smiles.
    Face,
}

impl Sign {
    const fn path(self) -> &'static str {
        match self {
            Self::Today => "M3 18h18M7 18a5 5 0 0 1 10 0M12 5v3M4.6 9.6l2 2M19.4 9.6l-2 2",
            Self::Guide => "M12 6c-2-1.6-5-2-8-2v14c3 0 6 .4 8 2 2-1.6 5-2 8-2V4c-3 0-6 .4-8 2zM12 6v14",
            Self::Ideas => "M12 3l6 7-6 8-6-8zM12 3v15M6 10h12M12 18c0 2-2 1-2 3",
            Self::Log => "M8 3c0 6 8 6 8 12 0 3-2 6-2 6M16 3c0 6-8 6-8 12 0 3 2 6 2 6",
            Self::Face => {
                "M12 2.500a9.500 9.500 0 1 0 0 19 9.500 9.500 0 0 0 0-19zM8.500 9.500v.5M15.500 9.500v.5M7.500 14c1 2.200 2.600 3.200 4.500 3.200s3.500-1 4.500-3.200"
            }
            Self::Swap => "M4 9h15M15 5l4 4-4 4M20 16H5M9 12l-4 4 4 4",
            Self::Us => {
                "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 20c.4-4 2.500-6 5.500-6s5.100 2 5.500 6M17 12a2.400 2.400 0 1 0 0-4.800M16 14.500c3 0 5 1.800 5.500 5.500"
            }
            Self::Write => "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
            Self::Star => {
                "M12 3.500l2.600 5.400 5.900.8-4.300 4.100 1 5.900L12 16.900l-5.200 2.800 1-5.900-4.300-4.100 5.900-.8z"
            }
            Self::Share => "M12 15V3M8 7l4-4 4 4M8 10H5v11h14V10h-3",
            Self::Plus => "M4 4h16v16H4zM12 8v8M8 12h8",
            Self::Done => "M4 13l5 5L20 6",
            Self::Dots => "M12 5v.1M12 12v.1M12 19v.1",
            Self::Lines => "M4 6h16M4 12h16M4 18h16",
            Self::Surprise => "M4 7h3c5 0 5 10 10 10h3M4 17h3c5 0 5-10 10-10h3M17 4l3 3-3 3M17 14l3 3-3 3",
        }
    }
}
