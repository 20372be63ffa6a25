//! The keepsake book: the log of two voices, to print or to keep as a file that needs no app.

mod told;

use crate::parts::choice::Select;
use crate::parts::heading::Heading;
use crate::parts::labels;
use crate::parts::live::{live, said, whenever, whether};
use crate::parts::picture::Picture;
use crate::state::App;
use crate::state::calendar::{month_of, year};
use crate::words::book as text;
use bothways::ids::EntryId;
use bothways::keepsake::{self, Month, html, markdown};
use bothways::log::Member;
use bothways::sorted::SortedSet;
use leptos::prelude::*;
use leptos::task::spawn_local;
use told::Told;

/// An entry with more characters than these may go over two pages.
const LONG: usize = 600;

/// The book as it is chosen, and the ways to take it along.
#[component]
pub fn Book() -> impl IntoView {
    let app = App::get();
    let all = RwSignal::new(None::<Vec<Told>>);
    let (only, own) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let left_out = RwSignal::new(SortedSet::<EntryId>::new());
    let saving = RwSignal::new(false);
    whenever(move || {
        app.follow_log();
        // Words of the library name what an entry is about.
        app.library.track();
        let own = own.get();
        spawn_local(async move {
            // What cannot be read leaves what was shown as it was.
            let Ok(entries) = app.all_entries().await else { return };
            let mut found: Vec<Told> = entries.iter().filter_map(|view| told::of_entry(&app, view)).collect();
            if own {
                found.extend(
                    app.notes().await.unwrap_or_default().iter().map(|note| told::of_note(&app, note)),
                );
                found.sort_by_key(|told| told.at);
            }
            all.try_set(Some(found));
        });
    });
    let chosen = move || {
        let mut chosen = all.get().unwrap_or_default();
        let only: Option<u32> = only.get().and_then(|year| year.parse().ok());
        chosen.retain(|told| {
            only.is_none_or(|only| year(told.at) == only) && !left_out.with(|out| out.contains(&told.id))
        });
        chosen
    };
    let years = live(move || {
        let mut years: Vec<(String, String)> = Vec::new();
        for told in all.get().unwrap_or_default() {
            let year = year(told.at).to_string();
            if years.last().is_none_or(|(last, _)| *last != year) {
                years.push((year.clone(), year));
            }
        }
        view! {
            <Select
                label=text::years()
                any=text::all_years()
                choices=years
                chosen=Box::new(move || only.get())
                on_choose=Callback::new(move |year| only.set(year))
            />
        }
    });
    let save = move |as_page: bool| {
        saving.set(true);
        let chosen = untrack(chosen);
        spawn_local(async move {
            let book = written(&app, chosen, as_page).await;
            let (ending, text) =
                if as_page { ("html", html::write(&book)) } else { ("md", markdown::write(&book)) };
            let is_saved = app.save_text(&format!("bothways-book.{ending}"), &text);
            app.say(if is_saved { text::saved() } else { text::not_saved() });
            saving.try_set(false);
        });
    };
    let button = move |says: &'static str, as_page| {
        view! {
            <button type="button" class="button" disabled=whether(move || saving.get()) on:click=move |_| save(as_page)>{says}</button>
        }
    };
    view! {
        <div class="book-acts">
            <Heading text=text::title() />
            <p class="lead">{text::intro()}</p>
            {years}
            <p>
                <label class="chip">
                    <input type="checkbox" bind:checked=own />
                    <span>{text::own()}</span>
                </label>
            </p>
            <p class="quiet-line">{text::sealed()}</p>
            <div class="row">
                <button type="button" class="button button-main" on:click=move |_| app.print()>{text::print()}</button>
                {button(text::as_page(), true)}
                {button(text::as_text(), false)}
            </div>
        </div>
        <div class="book">
            <header class="book-title">
                <p class="book-names" dir="auto">{said(move || title(&app))}</p>
                <p>{said(move || span(&chosen()))}</p>
            </header>
            {live(move || months(chosen(), left_out))}
        </div>
    }
}

/// The two names.
fn title(app: &App) -> String {
    labels::names_of(&Member::ALL.map(|member| app.name(member)))
}

/// From which month to which.
fn span(told: &[Told]) -> String {
    match told {
        [] => text::empty().to_owned(),
        [first, .., last] if month_of(first.at) != month_of(last.at) => {
            text::span(month_of(first.at), month_of(last.at))
        }
        [first, ..] => month_of(first.at),
    }
}

/// The chosen entries under their months.
fn by_month(told: Vec<Told>) -> Vec<(String, Vec<Told>)> {
    let mut months: Vec<(String, Vec<Told>)> = Vec::new();
    for one in told {
        let month = month_of(one.at);
        match months.last_mut() {
            Some((last, entries)) if *last == month => entries.push(one),
            _ => months.push((month, vec![one])),
        }
    }
    months
}

fn months(told: Vec<Told>, left_out: RwSignal<SortedSet<EntryId>>) -> impl IntoView {
    let page = move |Told { id, entry, photos, .. }: Told| {
        // On paper a page is not left half empty for the sake of a long one.
        let is_long = entry.texts.iter().map(|(_, words)| words.chars().count()).sum::<usize>() > LONG;
        let class = match (entry.member, is_long) {
            (Member::Mother, false) => "book-entry book-mother",
            (Member::Mother, true) => "book-entry book-mother book-long",
            (Member::Son, false) => "book-entry book-son",
            (Member::Son, true) => "book-entry book-son book-long",
        };
        let leave_out = move |_| {
            left_out.update(|out| {
                out.insert(id);
            });
        };
        let texts = entry.texts.into_iter().map(|(label, words)| {
            view! {
                {label.map(|label| view! { <p class="book-label">{label}</p> })}
                <p class="book-words" dir="auto">{words}</p>
            }
        });
        view! {
            <article class=class>
                <h3 class="book-head" dir="auto">{entry.head}</h3>
                {photos.into_iter().map(|photo| view! { <Picture photo=photo alt=text::photo().to_owned() /> }).collect_view()}
                {texts.collect_view()}
                <p class="book-notes">{entry.notes.join(" · ")}</p>
                <button type="button" class="button-quiet" on:click=leave_out>{text::leave_out()}</button>
            </article>
        }
    };
    by_month(told)
        .into_iter()
        .map(|(name, entries)| {
            view! {
                <section class="book-month">
                    <h2>{name}</h2>
                    {entries.into_iter().map(page).collect_view()}
                </section>
            }
        })
        .collect_view()
}

/// The book to be written into a file, with its photos if it can hold them.
async fn written(app: &App, chosen: Vec<Told>, with_photos: bool) -> keepsake::Book {
    let subtitle = span(&chosen);
    let mut months = Vec::new();
    for (name, told) in by_month(chosen) {
        let mut entries = Vec::with_capacity(told.len());
        for Told { mut entry, photos, .. } in told {
            for photo in photos.iter().filter(|_| with_photos) {
                let address = app.photo_data(photo.hash).await;
                entry.photos.extend(address.map(|address| (text::photo().to_owned(), address)));
            }
            entries.push(entry);
        }
        months.push(Month { name, entries });
    }
    keepsake::Book { title: untrack(|| title(app)), subtitle, language: app.language(), months }
}
