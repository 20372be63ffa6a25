//! The language of the app: as chosen, or else the first of the browser's that it is offered in. English is built in;
//! another language's words are a file, which must be there before anything is drawn.

use super::App;
use super::settings::Appearance;
use crate::device::{language, network, page};
use crate::words_table;
use bothways::language::{ENGLISH, Language};
use wasm_bindgen_futures::spawn_local;

/// Draws the app in its language: in English at once, and in English where the words of another cannot be had.
pub fn draw(app: fn()) {
    let wanted = wanted(Appearance::stored().language);
    if wanted == ENGLISH {
        language::show(ENGLISH);
        return app();
    }
    spawn_local(async move {
        let words = network::text(&words_of(wanted)).await;
        let known = words.is_some_and(words_table::replace);
        language::show(if known { wanted } else { ENGLISH });
        app();
    });
}

fn wanted(chosen: Option<&str>) -> &'static Language {
    chosen.and_then(Language::from_id).unwrap_or_else(language::preferred)
}

fn words_of(language: &Language) -> String {
    format!("words/{}.txt", language.id)
}

/// The content pack of a language.
pub(super) fn pack_of(language: &Language) -> String {
    format!("pack/{}.txt", language.id)
}

impl App {
    /// Starts the app again in this language; in the browser's own where none is named. False where it cannot be had
    /// here and now: then everything stays as it is.
    pub async fn speak(&self, id: Option<String>) -> bool {
        let language = wanted(id.as_deref());
        if language != ENGLISH {
            // Asked for here so that they are on this phone from now on, and the next start needs no signal.
            for address in [words_of(language), pack_of(language)] {
                if network::text(&address).await.is_none() {
                    return false;
                }
            }
        }
        self.look(|appearance| appearance.language = id.and(Some(language.id)));
        page::reload();
        true
    }
}
