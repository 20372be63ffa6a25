//! What the rooms read, and the few acts that change it.
//!
//! One [`App`], a handful of signals made at the root, given to every room by context. Rooms read and call acts;
//! only the acts know the store and the device.
//!
//! - [`route`]: where one is
//! - [`calendar`]: days and times in words
//! - [`start`]: what happens before the first room has its content
//! - [`storing`]: the one way to change the log
//! - [`entries`]: reading entries, a few at a time; finding them by their words
//! - [`facts`]: what the rooms know of the log without reading it
//! - [`writing`]: write, edit, erase, undo, mark
//! - [`own`]: ideas and questions of their own
//! - [`drawer`]: what one of them keeps to themselves
//! - [`drafts`]: words that are not saved yet, kept on every input
//! - [`photos`]: photos of entries
//! - [`swapping`]: prepare a file, read one, take in what it brings
//! - [`pairing`]: pairing with another phone, and the phones that are known
//! - [`backup`]: everything on this phone as files, and back again
//! - [`pairs`]: several logs on one phone, and one phone for two
//! - [`installing`]: the app on the home screen
//! - [`updating`]: new versions of the app
//! - [`language`]: the language of the app
//! - [`leaving`]: leaving a pair, with the copy kept or erased
//! - [`lock`]: the lock of what one of them keeps to themselves
//! - [`later`]: the part of the program that comes after the first picture
//! - [`reading`]: as whom the guide is read
//! - [`resting`]: what is not to come up by itself on this phone
//! - [`settings`]: who writes here, stage, appearance

pub mod backup;
pub mod calendar;
pub mod drafts;
pub mod drawer;
pub mod entries;
pub mod facts;
pub mod filming;
pub mod installing;
pub mod language;
pub mod later;
pub mod leaving;
pub mod lock;
pub mod own;
pub mod pairing;
pub mod pairs;
pub mod photos;
pub mod reading;
mod resting;
pub mod route;
pub mod settings;
pub mod start;
mod storing;
pub mod swapping;
pub mod updating;
pub mod writing;

pub use crate::device::drawing;
pub use crate::device::files::picked as picked_file;
use crate::device::page;
use crate::device::tabs::Tabs;
pub use crate::store::StoreError;
use crate::store::home::Home;
use bothways::ids::EntryId;
use bothways::library::{ContentId, Hit, Known, Pack, SearchIndex, Theme};
use bothways::log::Member;
use bothways::log::kinds::{Kind, MarkSort};
use bothways::sorted::SortedSet;
use entries::Search;
use facts::Facts;
use later::Later;
use leptos::prelude::*;
use own::{Own, OwnThings};
use pairs::Pair;
use reading::Reading;
use route::Route;
use settings::Appearance;
use std::sync::{Arc, OnceLock};
use updating::NewVersion;

/// The pack, and what it is searched by.
pub struct Library {
    /// What people read.
    pub pack: Pack,
    /// Every word of it, and where it stands. Made when somebody first searches: it goes over every word there is, and most
    /// starts search nothing.
    index: OnceLock<SearchIndex>,
}

impl Library {
    /// A pack that nobody has searched yet.
    const fn new(pack: Pack) -> Self {
        Self { pack, index: OnceLock::new() }
    }

    /// What is found by these words, the best first, and so many at most.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.index.get_or_init(|| SearchIndex::new(&self.pack)).search(query, limit)
    }
}

/// A file as a person picked it.
pub type PickedFile = web_sys::File;

/// How it stands with what is kept on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not read yet. Nothing may be written.
    Starting,
    /// Read; can be written.
    Ready,
    /// Cannot be read or written; nothing is lost by it, and nothing can be kept.
    Closed(StoreError),
}

/// Why an act did not happen. The words for each stand in `parts::problem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It could not be stored.
    Store(StoreError),
    /// Nobody has said yet who writes here.
    NobodyYet,
    /// Both write on this phone, and nobody has said who is speaking.
    WhoSpeaks,
    /// The browser gives no random numbers.
    NoRandomness,
    /// The words are too many.
    TooLong,
    /// The entry is gone, or the other's.
    NotYours,
    /// There is a sealed answer to this question already.
    AnsweredAlready,
    /// More than one file can hold.
    FileTooLarge,
    /// No phone has been paired: there is nobody to seal a file for.
    NotPaired,
    /// A text is no pairing code.
    NoCard,
    /// A pairing code is not whole.
    DamagedCard,
    /// What was picked is no picture this browser can read, or far too large.
    NoPicture,
    /// Something was written that follows what an import brought.
    ChangedSince,
    /// It can no longer be said that this phone is the other's: the logs of two have become one.
    JoinedSince,
    /// What is for oneself alone is locked, and shut.
    Shut,
    /// The passphrase does not open it.
    WrongPhrase,
    /// A new passphrase is too short, or too long.
    PhraseLength,
    /// The lock was set, changed or taken away meanwhile.
    LockChanged,
    /// This browser cannot show a moving code.
    NoCode,
    /// What is to be shown would take too long to film.
    TooMuchToFilm,
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A line at the foot of the screen for some seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// The entry whose erasing it offers to undo.
    pub undo: Option<EntryId>,
    /// Tells one notice from the next.
    number: u64,
}

/// The state of the app. Copies share the same signals.
#[derive(Clone, Copy)]
pub struct App {
    /// Where one is.
    pub route: RwSignal<Route>,
    /// What people read; none until it has come from storage.
    pub library: RwSignal<Option<Arc<Library>>>,
    /// True once the content could neither be read from storage nor fetched.
    pub library_missing: RwSignal<bool>,
    /// How it stands with the storage.
    pub standing: RwSignal<Standing>,
    /// What this installation is; none until it has been read.
    pub home: RwSignal<Option<Home>>,
    /// The logs on this phone, where there are several.
    pub pairs: RwSignal<Vec<Pair>>,
    /// Who is speaking, on a phone that both write on; none until they have said.
    pub speaker: RwSignal<Option<Member>>,
    /// What is known of the log.
    pub facts: RwSignal<Facts>,
    /// Ideas and questions of their own.
    pub own: RwSignal<OwnThings>,
    /// True while the words of the log are gathered for the first search.
    pub gathering: RwSignal<bool>,
    /// Entries erased a moment ago, that can still be brought back.
    pub undoable: RwSignal<SortedSet<EntryId>>,
    /// The line at the foot of the screen.
    pub notice: RwSignal<Option<Notice>>,
    /// True once everything is on this phone.
    pub ready_for_outings: RwSignal<bool>,
    /// Whether the rooms of the later part can be drawn.
    pub later: RwSignal<Later>,
    /// What there is to say of a new version of the app.
    pub update: RwSignal<Option<NewVersion>>,
    /// Whether the browser has promised to keep what is stored; none where it was not asked or cannot be.
    pub persisted: RwSignal<Option<bool>>,
    /// How it looks.
    pub appearance: RwSignal<Appearance>,
    /// As whom the guide is read.
    pub reading: RwSignal<Reading>,
    /// How far a long swap is, while one goes on.
    pub progress: RwSignal<Option<swapping::Progress>>,
    /// How well a camera that films sees.
    pub sight: RwSignal<filming::Sight>,
    /// How it stands with what is for one alone; none until somebody has looked.
    pub drawer: RwSignal<Option<lock::Drawer>>,
    sitting: StoredValue<u32>,
    watches_sitting: StoredValue<bool>,
    erased_note: StoredValue<Option<(EntryId, lock::Keeping)>>,
    changes: RwSignal<u64>,
    search: StoredValue<Search>,
    notices: StoredValue<u64>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

impl App {
    fn new() -> Self {
        Self {
            route: RwSignal::new(Route::Today),
            library: RwSignal::new(None),
            library_missing: RwSignal::new(false),
            standing: RwSignal::new(Standing::Starting),
            home: RwSignal::new(None),
            pairs: RwSignal::new(Vec::new()),
            speaker: RwSignal::new(None),
            facts: RwSignal::new(Facts::default()),
            own: RwSignal::new(OwnThings::default()),
            gathering: RwSignal::new(false),
            undoable: RwSignal::new(SortedSet::new()),
            notice: RwSignal::new(None),
            ready_for_outings: RwSignal::new(false),
            persisted: RwSignal::new(None),
            later: RwSignal::new(Later::Coming),
            update: RwSignal::new(None),
            appearance: RwSignal::new(Appearance::stored()),
            reading: RwSignal::new(Reading::default()),
            progress: RwSignal::new(None),
            sight: RwSignal::new(filming::Sight::Fine),
            drawer: RwSignal::new(None),
            sitting: StoredValue::new(0),
            watches_sitting: StoredValue::new(false),
            erased_note: StoredValue::new(None),
            changes: RwSignal::new(0),
            search: StoredValue::new(Search::default()),
            notices: StoredValue::new(0),
            tabs: StoredValue::new_local(None),
        }
    }

    /// The app, from within a room.
    pub fn get() -> Self {
        expect_context()
    }

    /// Who writes now, once they have said: whose phone it is, or who is speaking where both write on it.
    pub fn member(&self) -> Option<Member> {
        if self.is_for_two() { self.speaker.get() } else { self.whose_phone() }
    }

    /// The same, without following it.
    pub fn member_now(&self) -> Option<Member> {
        untrack(|| self.member())
    }

    /// Whose phone it is, once they have said.
    pub fn whose_phone(&self) -> Option<Member> {
        self.home.with(|home| home.as_ref().and_then(|home| home.member))
    }

    /// Whether two phones' logs have become this one.
    pub fn is_joined(&self) -> bool {
        self.home.with(|home| home.as_ref().is_some_and(|home| home.origins.is_joined()))
    }

    /// Whether both write on this phone.
    pub fn is_for_two(&self) -> bool {
        self.home.with(|home| home.as_ref().is_some_and(|home| home.for_two))
    }

    /// What a member is called: by themselves, else on this phone; none where nobody has said.
    pub fn name(&self, member: Member) -> Option<String> {
        let own = self.facts.with(|facts| facts.name(member));
        let nickname = || {
            self.home.with(|home| {
                home.as_ref()
                    .filter(|home| home.member == Some(member.other()))
                    .map(|home| home.nickname.clone())
            })
        };
        own.or_else(nickname).filter(|name| !name.trim().is_empty())
    }

    /// What somebody has marked as favourites; nothing as long as nobody has said who writes here.
    fn favourites_of(&self, member: Option<Member>) -> SortedSet<ContentId> {
        member
            .map(|member| self.facts.with(|facts| facts.marked(member, MarkSort::Favourite)))
            .unwrap_or_default()
    }

    /// The things this phone's member has marked as favourites.
    pub fn favourites(&self) -> SortedSet<ContentId> {
        self.favourites_of(self.member())
    }

    /// What in the library was already done, answered or tried.
    pub fn done(&self) -> SortedSet<ContentId> {
        self.facts.with(|facts| facts.done.clone())
    }

    /// What the two have had to do with the library.
    pub fn known(&self) -> Known {
        let me = self.member();
        Known { done: self.done(), favourites: [me, me.map(Member::other)].map(|it| self.favourites_of(it)) }
    }

    /// Something of their own, by the name entries give it.
    fn of_own<T>(&self, id: &ContentId, of: impl FnOnce(&Own, bool) -> T) -> Option<T> {
        self.own.with(|own| {
            let idea = own.idea(id).map(|own| (own, false));
            let (own, is_question) = idea.or_else(|| own.question(id).map(|own| (own, true)))?;
            Some(of(own, is_question))
        })
    }

    /// How many entries of this phone have not been swapped yet.
    pub fn waiting(&self) -> usize {
        self.facts.with(|facts| facts.waiting)
    }

    /// Puts a line at the foot of the screen for some seconds.
    pub fn say(&self, text: impl Into<String>) {
        self.notify(text.into(), None);
    }

    fn notify(&self, text: String, undo: Option<EntryId>) {
        let number = self.notices.get_value() + 1;
        self.notices.set_value(number);
        self.notice.set(Some(Notice { text, undo, number }));
        let notice = self.notice;
        let shown_for = if undo.is_some() { writing::UNDO_MS } else { 5_000 };
        crate::device::timer::after(shown_for, move || {
            if notice.with_untracked(|shown| shown.as_ref().is_some_and(|shown| shown.number == number)) {
                notice.set(None);
            }
        });
    }

    /// Opens the browser's own way to print what is shown.
    pub fn print(&self) {
        page::print();
    }

    /// The language of the texts, a BCP 47 tag.
    pub fn language(&self) -> String {
        crate::device::language::shown().id.to_owned()
    }

    /// Erases everything on this phone, at the next start, which comes at once (public/boot.js): nothing may hold the
    /// database open then. False where storage is blocked, and there is nothing to erase.
    pub fn erase_everything(&self) -> bool {
        let is_noted = crate::store::small::set("erase", &serde_json::json!({ "everything": true }));
        if is_noted {
            page::reload();
        }
        is_noted
    }

    /// Names the page and hands the focus to its heading, after a move.
    pub fn arrived(&self, title: &str) {
        page::arrived(title);
    }

    /// Hands the focus to the page, past the links at the top.
    pub fn focus_page(&self) {
        page::focus("#page");
    }

    /// Hands the focus to what fits a selector, once it is drawn.
    pub fn focus(&self, selector: &'static str) {
        page::focus(selector);
    }

    /// The title of something in the library, and where it is read. None for what is not in this pack.
    pub fn title_and_route(&self, id: &ContentId) -> Option<(String, Route)> {
        let library = self.library.get()?;
        let (pack, key) = (&library.pack, id.as_str());
        pack.idea(key)
            .map(|idea| (idea.title.clone(), Route::Idea(id.clone())))
            .or_else(|| pack.question(key).map(|question| (question.text.clone(), Route::Today)))
            .or_else(|| {
                let (chapter, practice) = pack.practice(key)?;
                Some((practice.title.clone(), Route::Chapter(chapter.id.clone())))
            })
            .or_else(|| pack.chapter(key).map(|chapter| (chapter.title.clone(), Route::Chapter(id.clone()))))
            .or_else(|| pack.answer(key).map(|answer| (answer.title.clone(), Route::Answer(id.clone()))))
            .or_else(|| {
                self.of_own(id, |own, is_question| {
                    let route = if is_question { Route::Entry(own.entry) } else { Route::Idea(id.clone()) };
                    (own.telling.title(), route)
                })
            })
    }

    /// Whether something in the library is a question for both.
    pub fn is_question(&self, id: &ContentId) -> bool {
        self.library.with(|library| {
            library.as_ref().is_some_and(|library| library.pack.question(id.as_str()).is_some())
        }) || self.of_own(id, |_, is_question| is_question).unwrap_or_default()
    }

    /// What is said once an entry of a kind is kept.
    pub fn said_after(&self, kind: Kind) -> String {
        let after = |library: &Arc<Library>| Some(library.pack.kind(kind.id())?.after.clone());
        self.library.with_untracked(|library| library.as_ref().and_then(after)).unwrap_or_default()
    }

    /// The theme something in the library touches most.
    pub fn theme_of(&self, id: &ContentId) -> Option<Theme> {
        let library = self.library.get_untracked()?;
        let (pack, key) = (&library.pack, id.as_str());
        pack.idea(key)
            .and_then(|idea| idea.themes.first().copied())
            .or_else(|| pack.question(key).map(|question| question.theme))
            .or_else(|| pack.practice(key).map(|(chapter, _)| chapter.theme))
            .or_else(|| pack.chapter(key).map(|chapter| chapter.theme))
            .or_else(|| untrack(|| self.of_own(id, |own, _| own.telling.theme))?)
    }

    /// The line the library offers to begin an entry about something.
    pub fn starter(&self, id: &ContentId) -> Option<String> {
        let library = self.library.get()?;
        let (pack, key) = (&library.pack, id.as_str());
        pack.idea(key)
            .map(|idea| idea.log.clone())
            .or_else(|| pack.practice(key).map(|(_, practice)| practice.write.clone()))
            .or_else(|| {
                let line = |is_question: bool| (!is_question).then(|| crate::words::own::line().to_owned());
                self.of_own(id, |_, is_question| line(is_question))?
            })
    }

    /// Where `index.html` keeps a place for the app, cleared of what stood there while the program was loading.
    pub fn place() -> Option<web_sys::HtmlElement> {
        page::place()
    }

    /// Ends the sitting for which what is for one alone was opened.
    fn end_sitting(&self) {
        self.sitting.update_value(|sitting| *sitting += 1);
        self.drawer.set(None);
        self.changed();
    }

    /// Says that the log has changed: whatever follows it reads again what it shows.
    fn changed(&self) {
        self.changes.update(|number| *number += 1);
    }

    fn tell_other_tabs(&self, entries: &[EntryId]) {
        self.tabs.with_value(|tabs| {
            if let (Some(tabs), Ok(log)) = (tabs, self.origin()) {
                tabs.tell(&log, entries);
            }
        });
    }
}

/// What a member is called on this phone: their name, else the word for who they are.
pub fn person(app: &App, member: Member) -> String {
    app.name(member).unwrap_or_else(|| {
        match member {
            Member::Mother => crate::words::person::mother(),
            Member::Son => crate::words::person::son(),
        }
        .to_owned()
    })
}
