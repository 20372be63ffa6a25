//! One entry: what it says, the replies to it, and what it said before.

use crate::parts::entry_card::{EntryCard, Told, Under};
use crate::parts::heading::Heading;
use crate::parts::labels;
use crate::parts::live::{live, whenever};
use crate::state::App;
use crate::state::calendar::day;
use crate::state::route::Route;
use crate::words::log as text;
use bothways::ids::EntryId;
use bothways::log::kinds::Kind;
use bothways::log::seal::{Seal, Until};
use bothways::log::view::{EntryView, Version, is_told};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone)]
struct Found {
    entry: EntryView,
    before: Vec<Version>,
    replies: Vec<EntryView>,
}

/// The page of one entry.
#[component]
pub fn EntryPage(
    /// The entry.
    entry: EntryId,
) -> impl IntoView {
    let app = App::get();
    // None until it has been read.
    let found = RwSignal::new(None::<Option<Found>>);
    whenever(move || {
        app.follow_log();
        spawn_local(async move {
            let read = async {
                let (view, before) = app.with_history(entry).await?;
                let replies = app.replies(&[entry]).await.ok()?.concat();
                Some(Found { entry: view, before, replies })
            };
            found.try_set(Some(read.await));
        });
    });
    live(move || {
        let Some(Found { entry, before, replies }) = found.get()? else {
            return Some(
                view! {
                    <Heading text=text::one() />
                    <p class="message">{text::gone()}</p>
                    <p><a class="button" href=Route::Log.href()>{text::title()}</a></p>
                }
                .into_any(),
            );
        };
        let (worded, wordless): (Vec<_>, Vec<_>) = replies.into_iter().partition(is_worded);
        let has_history = entry.telling().is_some_and(|telling| telling.kind.shape().has_history);
        let card = |reply| view! { <EntryCard entry=reply with_actions=true /> };
        Some(
            view! {
                <Heading text=kind_of(&entry).map_or_else(text::one, labels::entry_kind) />
                <p class="day">{day(entry.order)}</p>
                <EntryCard entry=entry with_actions=true replies=wordless under=Under::Heading />
                {(!worded.is_empty()).then(|| view! {
                    <h2 class="section-title">{text::replies()}</h2>
                    {worded.into_iter().map(card).collect_view()}
                })}
                {(has_history && !before.is_empty()).then(|| view! {
                    <h2 class="section-title">{text::history()}</h2>
                    <div class="history">
                        {before.into_iter().map(|version| view! { <Told version=version several=true /> }).collect_view()}
                    </div>
                })}
            }
            .into_any(),
        )
    })
}

/// The kind of an entry, which an envelope says too.
fn kind_of(entry: &EntryView) -> Option<Kind> {
    let of_envelope = |seal: &Seal| match seal.until {
        Until::Answered(_) => Kind::Answer,
        Until::Day(_) | Until::Event(_) => Kind::Letter,
    };
    entry.telling().map(|telling| telling.kind).or_else(|| entry.seal.as_ref().map(of_envelope))
}

/// Whether a reply stands in the timeline by itself.
pub fn is_worded(entry: &EntryView) -> bool {
    entry.versions.iter().any(|version| is_told(version.content.as_ref()))
}
