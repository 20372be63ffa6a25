//! The form in which an entry is written. It asks for nothing but words; the rest is one tap each, afterwards.

use super::{fields, photos};
use crate::parts::choice::{Chips, Select};
use crate::parts::drawing::Drawing;
use crate::parts::feelings::Feelings;
use crate::parts::introduce::{Introduce, Introduction};
use crate::parts::labels;
use crate::parts::live::{live, said, shown_when, whenever, whether};
use crate::parts::problem::problem;
use crate::parts::replies_to::RepliesTo;
use crate::state::drafts::{Draft, Readers};
use crate::state::lock::Drawer;
use crate::state::route::Route;
use crate::state::{App, Problem};
use crate::words::write as text;
use bothways::caps::WORDS_CHARS;
use bothways::ids::EntryId;
use bothways::library::{Stage, Theme};
use bothways::log::kinds::{Day, Feeling, Kind, Telling, Whose};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Characters left, below which the form says how many.
const SAID_BELOW: usize = 500;

/// And how often that is said aloud.
const SAID_EVERY: usize = 100;

/// What the form writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Something new.
    New,
    /// A change to an entry both can read.
    Entry(EntryId),
    /// A change to what is for its writer alone.
    Note(EntryId),
}

impl Subject {
    const fn id(self) -> Option<EntryId> {
        match self {
            Self::New => None,
            Self::Entry(id) | Self::Note(id) => Some(id),
        }
    }
}

/// What the form says is wrong.
#[derive(Clone)]
pub struct Wrong {
    says: String,
    /// Whether the storage would not take it: then a copy of what there is can be made.
    no_room: bool,
}

impl Wrong {
    /// Why something was not done.
    pub fn of(found: Problem) -> Self {
        Self { says: problem(found), no_room: matches!(found, Problem::Store(_)) }
    }
}

/// Stores what was written where it belongs. Between the log and what is for one alone, words move only by being
/// written anew there.
async fn store(app: &App, subject: Subject, draft: &Draft) -> Result<(), Problem> {
    match (subject, draft.readers == Readers::Me) {
        (Subject::New, true) => app.save_note(None, draft).await,
        (Subject::New, false) => app.save(None, draft).await,
        (Subject::Entry(entry), true) => app.keep_to_myself(entry, draft).await,
        (Subject::Entry(entry), false) => app.save(Some(entry), draft).await,
        (Subject::Note(note), true) => app.save_note(Some(note), draft).await,
        (Subject::Note(note), false) => app.share_note(note, draft).await,
    }
}

/// What a telling lacks before it can be kept, and where that is asked for.
fn lacks(telling: &Telling) -> Option<(&'static str, &'static str)> {
    let shape = telling.kind.shape();
    if !telling.says_something() {
        return Some((text::needs_words(), "#words"));
    }
    // A letter without either would be open at once.
    let opens = telling.day.is_some() || !telling.part("opens-when").trim().is_empty();
    (shape.day == Some(Day::Opens) && !opens).then(|| (text::needs_opening(), "#day"))
}

/// The form of a new entry or of a change to one.
#[component]
pub fn Form(
    /// What is written.
    subject: Subject,
    /// What the form holds at first.
    draft: Draft,
) -> impl IntoView {
    let app = App::get();
    let first = StoredValue::new(draft.clone());
    let words = RwSignal::new(draft.telling.words.clone());
    let feeling = RwSignal::new(draft.telling.feeling.as_ref().map(|feeling| feeling.as_str().to_owned()));
    // Photos that were there before stay, whatever becomes of what is being written.
    let kept = StoredValue::new(draft.telling.photos.clone());
    let photos = RwSignal::new(draft.telling.photos.clone());
    let chosen = RwSignal::new(Some(draft.readers.id().to_owned()));
    // Everything else: what depends on the kind, and what it is about.
    let told = RwSignal::new(draft.telling);
    let kind = Memo::new(move |_| told.with(|told| told.kind));
    let about = Memo::new(move |_| told.with(|told| told.about.clone()));
    let reply_to = Memo::new(move |_| told.with(|told| told.reply_to));
    // What is sealed already stays so. Else only a question can be answered, and only once.
    let is_sealed = matches!(subject, Subject::Entry(_)) && draft.readers == Readers::Sealed;
    let can_seal = Memo::new(move |_| {
        is_sealed || subject == Subject::New && about.get().is_some_and(|about| app.is_question(&about))
    });
    let readers = move || match Readers::from_id(chosen.get().as_deref()) {
        Readers::Sealed if !can_seal.get() => Readers::Both,
        readers => readers,
    };
    let introduction = Introduction::default();
    let saving = RwSignal::new(false);
    let wrong = RwSignal::new(None::<Wrong>);
    let now = move || Draft {
        telling: Telling {
            words: words.get(),
            feeling: feeling.get().as_deref().and_then(Feeling::new),
            photos: photos.get(),
            ..told.get()
        },
        readers: readers(),
    };

    // What was said of other words is not true of these.
    whenever(move || {
        now();
        if wrong.with_untracked(|wrong| wrong.as_ref().is_some_and(|wrong| !wrong.no_room)) {
            wrong.set(None);
        }
    });

    // Kept on every input: a phone may kill the page at any moment.
    whenever(move || {
        let draft = now();
        let is_alone = draft.readers == Readers::Me;
        match app.drawer.get() {
            // Not known yet: a draft that may not be kept is not.
            None if is_alone => spawn_local(async move {
                app.look_at_drawer().await.ok();
            }),
            // It was shut while this was open to be read.
            Some(Drawer::Shut)
                if matches!(subject, Subject::Note(_)) && first.with_value(|first| *first == draft) =>
            {
                Route::Log.go_instead();
            }
            // It would lie there without the lock.
            Some(Drawer::Shut | Drawer::Open) if is_alone => app.drop_draft(subject.id()),
            _ if !saving.get_untracked() && !draft.is_empty() => drop(app.keep_draft(subject.id(), &draft)),
            _ => {}
        }
    });

    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        let draft = untrack(now);
        if let Some((missing, place)) = lacks(&draft.telling) {
            wrong.set(Some(Wrong { says: missing.to_owned(), no_room: false }));
            app.focus(place);
            return;
        }
        let introduced = match introduction.answer(untrack(|| app.whose_phone()).is_some()) {
            Ok(introduced) => introduced,
            Err(missing) => {
                wrong.set(Some(Wrong { says: missing.to_owned(), no_room: false }));
                app.focus(".introduce input");
                return;
            }
        };
        // Where one finds it again.
        let place = match (draft.telling.kind, subject) {
            (Kind::OwnIdea, _) if draft.readers == Readers::Both => Route::Ideas,
            _ => match (&draft.telling.passage, &draft.telling.about) {
                (Some(_), Some(chapter)) => Route::Chapter(chapter.clone()),
                _ => Route::Log,
            },
        };
        saving.set(true);
        wrong.set(None);
        spawn_local(async move {
            let done = async {
                if let Some((member, own_name, nickname)) = introduced {
                    app.introduce(member, &own_name, &nickname).await?;
                }
                store(&app, subject, &draft).await
            };
            match done.await {
                Ok(()) => {
                    // Let go only now that the words are on the disk.
                    app.drop_draft(subject.id());
                    app.say(format!("{} {}", text::saved(), app.said_after(draft.telling.kind)));
                    place.go_instead();
                }
                Err(found) => {
                    saving.set(false);
                    wrong.set(Some(Wrong::of(found)));
                }
            }
        });
    };
    let give_up = move |_| {
        saving.set(true);
        app.drop_draft(subject.id());
        let mut new = photos.get_untracked();
        new.retain(|photo| !kept.with_value(|kept| kept.contains(photo)));
        spawn_local(async move { app.forget_photos(new).await });
        Route::Log.go_instead();
    };
    let most = move || kind.get().shape().most;
    let left = move || most().saturating_sub(words.with(|words| words.chars().count()));
    let is_little =
        app.home.with_untracked(|home| home.as_ref().and_then(|home| home.stage)) == Some(Stage::Little);
    let is_feeling_first = move || kind.get().shape().feeling_first;
    let is_title = move || most() < WORDS_CHARS;
    // What belongs to both is not how one of them feels.
    let is_feeling_last = move || {
        let shape = kind.get().shape();
        !is_title() && !shape.feeling_first && (shape.whose == Whose::Writer || feeling.with(Option::is_some))
    };
    // Where several texts are asked for, or a line in a list, this one is short.
    let rows = move || {
        let shape = kind.get().shape();
        if is_title() {
            "2"
        } else if shape.parts.is_empty() && shape.whose == Whose::Writer || kind.get() == Kind::Letter {
            "7"
        } else {
            "3"
        }
    };
    let themes = Theme::ALL.iter().map(|it| (it.id(), labels::theme(*it).to_owned())).collect::<Vec<_>>();
    let who_reads = move || {
        let mut choices = Vec::new();
        if !is_sealed {
            choices.push((Readers::Both.id(), text::both().to_owned()));
        }
        if can_seal.get() {
            choices.push((Readers::Sealed.id(), text::sealed().to_owned()));
        }
        choices.push((Readers::Me.id(), text::only_me().to_owned()));
        choices
    };
    let consequence = move || match readers() {
        Readers::Both => text::shared(),
        Readers::Sealed => text::sealed_hint(),
        Readers::Me if matches!(app.drawer.get(), Some(Drawer::Shut | Drawer::Open)) => {
            crate::words::lock::alone()
        }
        Readers::Me => text::alone(),
    };
    view! {
        <form class="write" on:submit=save>
            {fields::kind_choice(told, chosen, matches!(subject, Subject::New))}
            <About about=about on_remove=Callback::new(move |()| told.update(|told| {
                (told.about, told.passage) = (None, None);
            })) />
            {live(move || told.with(|told| told.passage.clone()).map(|passage| view! {
                <blockquote class="passage-quote" dir="auto">{passage}</blockquote>
            }))}
            {live(move || reply_to.get().map(|entry| view! { <div class="about"><RepliesTo entry=entry /></div> }))}
            {fields::choices(told, kind)}
            {shown_when(is_feeling_first, move || view! { <Feelings chosen=feeling /> })}
            <label class="label" for="words">{said(move || labels::words_of(kind.get()))}</label>
            <textarea
                id="words"
                class="field words"
                rows=said(rows)
                dir="auto"
                autofocus
                // Else the browser keeps what was typed for its own purposes, and erasing would not reach it.
                autocomplete="off"
                placeholder=said(move || if kind.get() == Kind::Moment { text::placeholder() } else { "" })
                maxlength=said(move || most().to_string())
                bind:value=words
            ></textarea>
            {shown_when(move || left() < SAID_BELOW.min(most() / 4), move || view! {
                <p class="quiet-line" aria-hidden="true">{said(move || text::left(left()))}</p>
            })}
            <p class="hidden" role="status">{said(move || match left() {
                // Not at every letter.
                left if left < SAID_BELOW.min(most() / 4) => text::left(left.next_multiple_of(SAID_EVERY)),
                _ => String::new(),
            })}</p>
            {fields::starters(kind, words)}
            {shown_when(move || kind.get() == Kind::Letter, move || fields::day(told, kind))}
            {fields::parts(told, kind)}
            {fields::takes(told, kind)}
            {shown_when(move || kind.get() != Kind::Letter, move || fields::day(told, kind))}
            <photos::Photos photos=photos wrong=wrong />
            {is_little.then(|| view! { <Drawing photos=photos /> })}
            {shown_when(is_feeling_last, move || view! { <Feelings chosen=feeling /> })}
            {fields::wish(told, kind)}
            <Select
                label=text::theme()
                any=text::no_theme()
                choices=themes
                chosen=Box::new(move || told.with(|told| told.theme).map(|theme| theme.id().to_owned()))
                on_choose=Callback::new(move |id: Option<String>| {
                    told.update(|told| told.theme = id.as_deref().and_then(Theme::from_id));
                })
            />
            {shown_when(move || app.whose_phone().is_none(), move || view! {
                <Introduce introduction=introduction />
            })}
            {live(move || view! {
                <Chips legend=text::readers() name="readers" choices=who_reads() chosen=chosen />
            })}
            <p class="quiet-line">{said(consequence)}</p>
            {live(move || wrong.get().map(|wrong| view! {
                <p class="message message-warn" role="alert">
                    {wrong.says} " "
                    {wrong.no_room.then(|| view! { <a href=Route::Swap.href()>{text::make_a_copy()}</a> })}
                </p>
            }))}
            <div class="foot-acts">
                <button type="submit" class="button button-main" disabled=whether(move || saving.get())>
                    {said(move || if saving.get() { text::saving() } else { text::save() })}
                </button>
                <button type="button" class="button-quiet" on:click=give_up>{text::cancel()}</button>
            </div>
        </form>
    }
}

/// What in the library the entry is about, with its opening line; it can be taken away.
#[component]
fn About(about: Memo<Option<bothways::library::ContentId>>, on_remove: Callback<()>) -> impl IntoView {
    let app = App::get();
    live(move || {
        let id = about.get()?;
        let (title, _) = app.title_and_route(&id)?;
        let starter = app.starter(&id);
        Some(view! {
            <div class="about">
                <p class="about-title"><strong>{text::about()}": "</strong>{title}</p>
                {starter.map(|starter| view! { <p class="about-starter">{starter}</p> })}
                <button type="button" class="button-quiet" on:click=move |_| on_remove.run(())>{text::remove()}</button>
            </div>
        })
    })
}
