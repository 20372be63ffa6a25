//! Timers that belong to nobody's component: they fire whatever is on the screen then.

use std::time::Duration;

/// Does something once, this many milliseconds from now.
pub fn after(milliseconds: u64, act: impl FnOnce() + 'static) {
    leptos::prelude::set_timeout(act, Duration::from_millis(milliseconds));
}
