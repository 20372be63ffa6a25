//! The rooms that the first tap does without. In a release their code is a file of its own, the later part
//! (`xtask/src/dist/split`), and they are drawn once it is here.

use crate::parts::heading::Heading;
use crate::parts::live::{Live, live, shown_when};
use crate::state::App;
use crate::state::later::Later;
use crate::words::app as text;
use leptos::prelude::*;
use std::time::Duration;

/// So long nothing is said of waiting: mostly the part is here before anybody has read that.
const QUIET_MS: u64 = 300;

/// The ways into the later part, and the only ones: whatever is called through one of these and from nowhere else moves
/// there. So each has to be a function of its own.
pub mod doors {
    use crate::parts::prose::Marking;
    use crate::rooms::{book, both_ways, guide, ideas, log, swap, us};
    use bothways::ids::EntryId;
    use bothways::library::ContentId;
    use bothways::log::kinds::Kind;
    use leptos::prelude::*;

    /// What stands beside a chapter.
    #[inline(never)]
    pub fn beside(chapter: ContentId, marking: Marking) -> AnyView {
        view! { <guide::Beside chapter=chapter marking=marking /> }.into_any()
    }

    /// The log as a book.
    #[inline(never)]
    pub fn book() -> AnyView {
        view! { <book::Book /> }.into_any()
    }

    /// The nine themes as a picture.
    #[inline(never)]
    pub fn both_ways() -> AnyView {
        view! { <both_ways::BothWays /> }.into_any()
    }

    /// What is for one alone, above the timeline.
    #[inline(never)]
    pub fn drawer() -> AnyView {
        view! { <log::Drawer /> }.into_any()
    }

    /// Changing an entry.
    #[inline(never)]
    pub fn edit(entry: EntryId) -> AnyView {
        view! { <log::Edit entry=entry /> }.into_any()
    }

    /// One entry.
    #[inline(never)]
    pub fn entry(entry: EntryId) -> AnyView {
        view! { <log::EntryPage entry=entry /> }.into_any()
    }

    /// All entries of a kind.
    #[inline(never)]
    pub fn kept(kind: Kind) -> AnyView {
        view! { <log::Kept kind=kind /> }.into_any()
    }

    /// A note by a paragraph of a chapter.
    #[inline(never)]
    pub fn note(chapter: ContentId, at: usize) -> AnyView {
        view! { <log::WriteNote chapter=chapter at=at /> }.into_any()
    }

    /// An idea of their own.
    #[inline(never)]
    pub fn own_idea(entry: EntryId) -> AnyView {
        view! { <ideas::OwnIdeaPage entry=entry /> }.into_any()
    }

    /// Giving and taking files.
    #[inline(never)]
    pub fn swap() -> AnyView {
        view! { <swap::Swap /> }.into_any()
    }

    /// The two people, appearance, data.
    #[inline(never)]
    pub fn us() -> AnyView {
        view! { <us::Us /> }.into_any()
    }

    /// A new entry.
    #[inline(never)]
    pub fn write(kind: Kind, about: Option<ContentId>, reply_to: Option<EntryId>) -> AnyView {
        view! { <log::Write kind=kind about=about reply_to=reply_to /> }.into_any()
    }
}

/// Draws a part of a page as soon as the later part is here, and nothing where it is not: the page does without.
pub fn part(draw: impl Fn() -> AnyView + Send + 'static) -> Live {
    let app = App::get();
    app.want_later();
    live(move || if app.later.get() == Later::Ready { draw() } else { ().into_any() })
}

/// Draws a room of the later part as soon as that is here, and until then says how it stands.
pub fn room(draw: impl Fn() -> AnyView + Send + 'static) -> Live {
    let app = App::get();
    app.want_later();
    live(move || match app.later.get() {
        Later::Ready => draw(),
        Later::Coming => waiting().into_any(),
        Later::Failed => missing(app).into_any(),
    })
}

fn waiting() -> impl IntoView {
    let is_long = RwSignal::new(false);
    // It may be gone from the screen by then.
    let speak = move || {
        is_long.try_set(true);
    };
    set_timeout(speak, Duration::from_millis(QUIET_MS));
    view! {
        <div class="waiting" role="status">
            {shown_when(move || is_long.get(), || view! { <p>{text::loading()}</p> })}
        </div>
    }
}

fn missing(app: App) -> impl IntoView {
    view! {
        <Heading text=text::later_title() />
        <p class="message message-warn" role="alert">{text::later_missing()}</p>
        <button type="button" class="button" on:click=move |_| app.want_later()>{text::try_again()}</button>
    }
}
