//! An entry as a page of the book: everything of it in words.

use crate::parts::labels;
use crate::state::calendar::{day_of_year, time};
use crate::state::{App, person};
use crate::words::log as text;
use bothways::drawer::Note;
use bothways::ids::EntryId;
use bothways::keepsake::Entry;
use bothways::log::kinds::{Content, Kind, Photo, Telling};
use bothways::log::view::EntryView;
use bothways::log::{Member, Millis};

/// An entry of the book, and what the page needs beside it.
#[derive(Clone)]
pub struct Told {
    /// Which one.
    pub id: EntryId,
    /// Where it stands.
    pub at: Millis,
    /// Its words.
    pub entry: Entry,
    /// Its photos, which are loaded when they are shown or written.
    pub photos: Vec<Photo>,
}

/// An entry that both may read; none where it is sealed for either of them, or says nothing in words or pictures.
pub fn of_entry(app: &App, view: &EntryView) -> Option<Told> {
    if view.seal.is_some() {
        return None;
    }
    let tellings =
        || view.versions.iter().filter_map(|version| version.content.as_ref().and_then(Content::telling));
    let mut texts = Vec::new();
    tellings().for_each(|telling| add_texts(app, &mut texts, telling));
    let first = tellings().next()?;
    Some(told(app, view.id, view.member, view.order, first, texts))
}

/// What one of them kept to themselves, for their own book.
pub fn of_note(app: &App, note: &Note) -> Told {
    let mut texts = Vec::new();
    add_texts(app, &mut texts, &note.telling);
    told(app, note.id, note.member, note.when.at, &note.telling, texts)
}

fn told(
    app: &App,
    id: EntryId,
    member: Member,
    at: Millis,
    telling: &Telling,
    texts: Vec<(Option<String>, String)>,
) -> Told {
    let kind = (telling.kind != Kind::Moment).then(|| labels::entry_kind(telling.kind));
    let mut head = format!("{}, {}, {}", person(app, member), day_of_year(at), time(at));
    if let Some(kind) = kind {
        head = format!("{head}. {kind}");
    }
    let about = telling
        .about
        .as_ref()
        .filter(|about| !app.is_question(about))
        .and_then(|about| app.title_and_route(about))
        .map(|(title, _)| title);
    let on_day = labels::on_day(telling);
    let felt = telling.feeling.as_ref().map(|feeling| text::feeling(labels::feeling(app, feeling.as_str())));
    let theme = telling.theme.map(|theme| labels::theme(theme).to_owned());
    let notes = [about, on_day, felt, theme].into_iter().flatten().collect();
    let entry = Entry { member, head, texts, notes, photos: Vec::new() };
    Told { id, at, entry, photos: telling.photos.clone() }
}

fn add_texts(app: &App, texts: &mut Vec<(Option<String>, String)>, telling: &Telling) {
    let choice = telling.choice.map(|choice| labels::choice(telling.kind, choice).to_owned());
    // An answer is read after its question.
    let question = telling.about.as_ref().filter(|about| app.is_question(about));
    let question = question.and_then(|about| app.title_and_route(about)).map(|(title, _)| title);
    let above = choice.or(question);
    if telling.has_words() {
        texts.push((above, telling.words.clone()));
    } else {
        texts.extend(above.map(|above| (None, above)));
    }
    let part = |(name, words): &(&'static str, String)| {
        (Some(labels::part(telling.kind, name).to_owned()), words.clone())
    };
    texts.extend(telling.parts.iter().map(part));
}
