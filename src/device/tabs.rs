//! Other tabs of the same app: BroadcastChannel (HTML standard). Where it is missing, a tab sees the other's
//! entries when it is next opened.

use bothways::ids::{EntryId, OriginId};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "bothways";
/// Entries named in one message; of more only that they changed is told.
const NAMED: usize = 400;

/// A line to the other tabs.
#[derive(Clone)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Opens the line; calls back with the log and the entries another tab has changed, or no entries where they are too
    /// many to name.
    pub fn listen(on_change: impl Fn(OriginId, Vec<EntryId>) + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                let named = message.data().as_string().unwrap_or_default();
                let mut ids = named.split_whitespace();
                if let Some(log) = ids.next().and_then(|id| id.parse().ok()) {
                    on_change(log, ids.filter_map(|id| id.parse().ok()).collect());
                }
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // Listens as long as the page lives.
            heard.forget();
        }
        Self(channel)
    }

    /// Tells the others that these entries of a log, or what this phone is to it, have changed.
    pub fn tell(&self, log: &OriginId, entries: &[EntryId]) {
        if let Some(channel) = &self.0 {
            // A channel that is closed has nobody left to tell.
            let mut named = format!("{log} ");
            for entry in entries.get(..NAMED).map_or(entries, |_| &[]) {
                named.push_str(&format!("{entry} "));
            }
            channel.post_message(&JsValue::from_str(&named)).ok();
        }
    }
}
