//! A month at a glance: its days, and which of them have entries.

use crate::parts::live::{live, said, shown_when, whenever};
use crate::state::App;
use crate::state::calendar;
use crate::words::log as text;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The month, folded away until it is wanted. A day with entries leads to them.
#[component]
pub fn Month(
    /// Called with the place in the timeline a day begins at.
    go_to: Callback<String>,
) -> impl IntoView {
    let app = App::get();
    let is_open = RwSignal::new(false);
    // Months from this one: -1 is the one before.
    let shift = RwSignal::new(0);
    let counts = RwSignal::new(Vec::<usize>::new());
    whenever(move || {
        if !is_open.get() {
            return;
        }
        app.follow_log();
        let month = calendar::month(shift.get());
        spawn_local(async move {
            let (from, to) = (month.starts(1), month.starts(month.days + 1));
            // Where it cannot be read, no day is marked.
            let times = app.times(from, to).await.unwrap_or_default();
            let mut marked = vec![0; month.days as usize];
            for at in times {
                if let Some(day) = marked.get_mut(calendar::day_of_month(at) as usize - 1) {
                    *day += 1;
                }
            }
            counts.try_set(marked);
        });
    });
    let days = move || {
        let month = calendar::month(shift.get());
        let blanks = (0..month.first_weekday).map(|_| view! { <li aria-hidden="true"></li> }).collect_view();
        let days = counts
            .get()
            .into_iter()
            .zip(1..)
            .map(|(count, day)| {
                let at = month.starts(day);
                let end = month.starts(day + 1);
                let label = text::day_entries(count, calendar::day(at));
                let act = move |_| go_to.run(bothways::log::records::place(end - 1));
                if count == 0 {
                    view! { <li class="month-day">{day}</li> }.into_any()
                } else {
                    view! {
                        <li class="month-day">
                            <button type="button" class="month-marked" aria-label=label on:click=act>{day}</button>
                        </li>
                    }
                    .into_any()
                }
            })
            .collect_view();
        let letters = calendar::weekdays();
        let letter = |letter: String| view! { <span>{letter}</span> };
        view! {
            // Each day is named with its weekday where it leads somewhere.
            <div class="month-letters" aria-hidden="true">{letters.into_iter().map(letter).collect_view()}</div>
            <ol class="month-days">{blanks} {days}</ol>
        }
    };
    let head = move || {
        view! {
            <div class="month-head">
                <button type="button" class="button-quiet" aria-label=text::month_before() on:click=move |_| shift.update(|n| *n -= 1)>"‹"</button>
                <strong role="status">{said(move || calendar::month(shift.get()).name())}</strong>
                <button type="button" class="button-quiet" aria-label=text::month_after() on:click=move |_| shift.update(|n| *n += 1)>"›"</button>
            </div>
        }
    };
    view! {
        <section class="month">
            <button
                type="button"
                class="unfold"
                aria-expanded=said(move || is_open.get().to_string())
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                {text::month()}
            </button>
            {shown_when(move || is_open.get(), head)}
            {shown_when(move || is_open.get(), move || live(days))}
        </section>
    }
}
