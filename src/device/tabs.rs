//! Other tabs of the same app: BroadcastChannel (HTML standard). Where it is missing, a tab sees the other's
//! entries when it is next opened.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "bothways";
const CHANGED: &str = "changed";

/// A line to the other tabs.
#[derive(Clone)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Opens the line; calls back whenever another tab has changed the log.
    pub fn listen(on_change: impl Fn() + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                if message.data().as_string().as_deref() == Some(CHANGED) {
                    on_change();
                }
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // Listens as long as the page lives.
            heard.forget();
        }
        Self(channel)
    }

    /// Tells the others that the log has changed.
    pub fn tell(&self) {
        if let Some(channel) = &self.0 {
            // A channel that is closed has nobody left to tell.
            channel.post_message(&JsValue::from_str(CHANGED)).ok();
        }
    }
}
