//! What happens at the start: the page is drawn at once, the content and the log follow as storage gives them.

use super::facts::Facts;
use super::language::pack_of;
use super::own::OwnThings;
use super::route::Route;
use super::{App, Library, Problem, Standing, pairs};
use crate::device::tabs::Tabs;
use crate::device::{focus, language, network, offline, page, random};
use crate::store::home::{self, Home};
use crate::store::{StoreError, content, log};
use bothways::ids::{EntryId, OriginId};
use bothways::language::{ENGLISH, Language};
use bothways::library::Pack;
use bothways::library::beside::joined;
use bothways::log::acts;
use bothways::log::records::head;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Which packs the program was built with; `build.rs` takes it from the packs themselves.
const PACK_VERSION: &str = env!("PACK_VERSION");

impl App {
    /// Makes the app and sets everything going. Returns at once.
    pub fn start() -> Self {
        let app = Self::new();
        app.appearance.get_untracked().show();
        app.watch_later();
        app.route.set(Route::parse(&page::address()));
        focus::keep();
        page::on_address_change(move |address| app.route.set(Route::parse(&address)));
        app.tabs.set_value(Some(Tabs::listen(move |log, entries| {
            if app.origin() == Ok(log) {
                spawn_local(async move { app.reload(&entries).await });
            }
        })));
        spawn_local(async move { app.open_library().await });
        spawn_local(async move { app.open_log().await });
        app.watch_worker();
        app.watch_updates();
        app
    }

    /// The content, in English where it cannot be had in the language of the page.
    async fn open_library(self) {
        let shown = language::shown();
        let mut library = library_in(shown).await;
        if library.is_none() && shown != ENGLISH {
            library = library_in(ENGLISH).await;
        }
        match library {
            Some(library) => self.library.set(Some(Arc::new(library))),
            None => self.library_missing.set(true),
        }
    }

    async fn open_log(self) {
        match self.read_log().await {
            Ok(()) => {
                self.standing.set(Standing::Ready);
                self.finish_erasing().await;
                self.persisted.set(offline::persisted().await);
            }
            Err(error) => self.standing.set(Standing::Closed(error)),
        }
    }

    async fn read_log(self) -> Result<(), StoreError> {
        let mut homes = home::all().await?;
        let shown = self.origin().ok();
        if shown.is_some_and(|shown| !homes.iter().any(|home| home.origin == shown)) {
            // Erased in another tab: nothing of it stays in memory beside another log.
            page::start_again();
            return Ok(());
        }
        if homes.is_empty() {
            homes = begin().await?;
        }
        let chosen = shown.or_else(pairs::chosen);
        let place = homes.iter().position(|home| Some(home.origin) == chosen).unwrap_or_default();
        self.pairs.set(pairs::of(&homes).await?);
        let home = homes.into_iter().nth(place).ok_or(StoreError::Failed)?;
        home.unlock();
        log::ensure_index(&home.origin).await?;
        let facts = Facts::read(&home.origin).await?;
        let own = OwnThings::read(&home.origin).await?;
        // From here on nothing is waited for: who has asked for the change goes on before anything is drawn anew.
        self.know_home(home);
        self.know_facts(facts);
        self.know_own(own);
        self.changed();
        Ok(())
    }

    /// Reads again what another tab has changed. A reading that fails leaves what is shown as it is.
    async fn reload(self, entries: &[EntryId]) {
        if self.standing.get_untracked() == Standing::Ready {
            self.follow_in_search(entries).await;
            self.read_log().await.ok();
        }
    }

    /// Reads again what the worker has changed, and tells the other tabs.
    pub(super) async fn reread(&self, entries: &[EntryId]) {
        self.reload(entries).await;
        self.tell_other_tabs(entries);
    }

    /// Lets the words of what was erased go for good, except for what can still be undone.
    pub(super) async fn finish_erasing(self) {
        // Not stored now means tried again at the next start: the tombstone is there.
        self.try_finish_erasing().await.ok();
    }

    async fn try_finish_erasing(self) -> Result<(), Problem> {
        let keys = log::index_keys(&self.origin()?, head::ERASING, None, None, None).await?;
        let mut erased = Vec::with_capacity(keys.len());
        erased.extend(keys.iter().filter_map(|key| key.parse::<EntryId>().ok()));
        if erased.is_empty() {
            return Ok(());
        }
        self.act(&erased, |slice| Ok(self.undoable.with_untracked(|undoable| acts::sweep(slice, undoable))))
            .await
    }

    fn watch_worker(self) {
        let asked = RwSignal::new(0_u32);
        fn ask(app: App, asked: RwSignal<u32>) {
            offline::ask(language::shown().id, move |worker| {
                app.ready_for_outings.set(worker.complete);
                // The first visit caches while one reads: ask again, a little later each time.
                if !worker.complete && asked.get_untracked() < 60 {
                    asked.update(|n| *n += 1);
                    crate::device::timer::after(2_000, move || ask(app, asked));
                }
            });
        }
        ask(self, asked);
    }
}

/// The first start: a home of random bytes, stored before anything else is. Another tab may have been quicker.
async fn begin() -> Result<Vec<Home>, StoreError> {
    let seed = random::bytes().ok_or(StoreError::Blocked)?;
    let origin = random::bytes().ok_or(StoreError::Blocked)?;
    let home = Home::begun(seed, OriginId::from_bytes(origin));
    home::begin(&home).await?;
    home::all().await
}

/// The content in a language: from storage, where the first start puts it.
async fn library_in(language: &Language) -> Option<Library> {
    let stored = content::load(language.id, PACK_VERSION).await.ok().flatten();
    if let Some(library) = stored.as_deref().and_then(read) {
        return Some(library);
    }
    let text = fetch_pack(language).await?;
    let library = read(&text)?;
    // Where it cannot be kept it is fetched again next time, from the worker's cache.
    content::save(language.id, PACK_VERSION, &text).await.ok();
    Some(library)
}

async fn fetch_pack(language: &Language) -> Option<String> {
    let english = network::text(&pack_of(ENGLISH)).await?;
    if language == ENGLISH {
        return Some(english);
    }
    joined(&english, &network::text(&pack_of(language)).await?)
}

fn read(text: &str) -> Option<Library> {
    Pack::read(text).ok().map(Library::new)
}
