//! An entry as it stands in the log: a coloured edge and an indent for whose it is, and the name in words.

use super::labels;
use super::picture::Picture;
use super::problem::problem;
use super::replies_to::RepliesTo;
use crate::state::calendar::time;
use crate::state::route::Route;
use crate::state::{App, person};
use crate::words;
use bothways::library::ContentId;
use bothways::log::Member;
use bothways::log::kinds::Content;
use bothways::log::view::{EntryView, Version};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An entry, with what its writer may do with it.
#[component]
pub fn EntryCard(
    /// The entry.
    entry: EntryView,
    /// Whether its writer may change it from here.
    #[prop(optional)]
    with_actions: bool,
) -> impl IntoView {
    let app = App::get();
    let mine = app.member() == Some(entry.member);
    let several = entry.versions.len() > 1;
    let class = match entry.member {
        Member::Mother => "entry entry-mother",
        Member::Son => "entry entry-son",
    };
    // What has left the phone cannot be held back any more.
    let can_stay = mine && !entry.published;
    let stays = move || {
        can_stay && app.home.with(|home| home.as_ref().is_some_and(|home| home.held_back.contains(&entry.id)))
    };
    let flags = [
        entry.edited.then(words::log::edited),
        (!entry.published).then(|| if stays() { words::log::stays() } else { words::log::unswapped() }),
        entry.clock_ahead.then(words::log::clock_ahead),
    ];
    let flags: Vec<&str> = flags.into_iter().flatten().collect();
    let id = entry.id;
    let other = person(&app, entry.member.other());
    let seal = entry.seal.map(|seal| match seal.own {
        true => view! { <p class="entry-note">{words::log::sealed_own(other)}</p> }.into_any(),
        false => view! { <Shut question=seal.question by=person(&app, entry.member) /> }.into_any(),
    });
    // What the envelope covers is not there to be told.
    let is_shut = seal.is_some() && !mine;
    let told = entry.versions.into_iter().filter(|_| !is_shut);
    let versions = told.map(|version| view! { <Told version=version several=several /> });
    view! {
        <article class=class>
            <header class="entry-head">
                <span class="entry-name" dir="auto">{person(&app, entry.member)}</span>
                <span class="entry-time">{time(entry.when.at)}</span>
            </header>
            {several.then(|| view! { <p class="entry-note">{words::log::versions()}</p> })}
            {entry.incomplete.then(|| view! { <p class="entry-note">{words::log::incomplete()}</p> })}
            {versions.collect_view()}
            {seal}
            <footer class="entry-foot">
                <span class="entry-flags">{flags.join(", ")}</span>
                {(!mine && with_actions && !is_shut).then(|| view! {
                    <a class="button-quiet" href=Route::Reply(id).href()>{words::log::reply()}</a>
                })}
                {(mine && with_actions).then(|| view! { <Actions id=id several=several can_stay=can_stay stays=stays() /> })}
            </footer>
        </article>
    }
}

#[component]
fn Told(version: Version, several: bool) -> impl IntoView {
    let app = App::get();
    let by = several.then(|| {
        let when = version.when.map(|when| time(when.at)).unwrap_or_default();
        view! { <p class="entry-by">{person(&app, version.member)} ", " {when}</p> }
    });
    let told = match version.content {
        Some(Content::Told(telling) | Content::Answer(telling)) => {
            let alt = words::log::photo(person(&app, version.member));
            let felt =
                telling.feeling.map(|feeling| words::log::feeling(labels::feeling(&app, feeling.as_str())));
            let theme = telling.theme.map(labels::theme);
            let about = telling.about.and_then(|about| app.title_and_route(&about));
            view! {
                {telling.reply_to.map(|entry| view! { <RepliesTo entry=entry /> })}
                {telling.photos.into_iter().map(|photo| view! { <Picture photo=photo alt=alt.clone() /> }).collect_view()}
                <p class="entry-words" dir="auto">{telling.words}</p>
                <p class="entry-tags">
                    {felt.map(|felt| view! { <span class="tag" dir="auto">{felt}</span> })}
                    {theme.map(|theme| view! { <span class="tag">{theme}</span> })}
                    {about.map(|(title, route)| view! { <a class="tag tag-link" href=route.href()>{title}</a> })}
                </p>
            }
            .into_any()
        }
        Some(_) => view! { <p class="entry-note">{words::log::newer()}</p> }.into_any(),
        None => view! { <p class="entry-note">{words::log::absent()}</p> }.into_any(),
    };
    view! {
        <div class="entry-version">{by} {told}</div>
    }
}

/// The other's answer to a question this phone's member has not answered yet.
#[component]
fn Shut(question: ContentId, by: String) -> impl IntoView {
    let app = App::get();
    let asked = app.title_and_route(&question).map(|(title, _)| title);
    view! {
        <p class="entry-note">{words::log::sealed_shut(by)}</p>
        {asked.map(|asked| view! { <p class="question">{asked}</p> })}
        <p><a class="button-quiet" href=Route::Write(Some(question)).href()>{words::today::answer()}</a></p>
    }
}

#[component]
fn Actions(id: bothways::ids::EntryId, several: bool, can_stay: bool, stays: bool) -> impl IntoView {
    let app = App::get();
    let erase = move |_| {
        spawn_local(async move {
            if let Err(found) = app.erase(id, words::log::erased()).await {
                app.say(problem(found));
            }
        });
    };
    let hold = move |_| {
        spawn_local(async move {
            match app.hold_back(id, !stays).await {
                Ok(()) => {
                    app.say(if stays { words::log::let_go_done() } else { words::log::hold_back_done() })
                }
                Err(found) => app.say(problem(found)),
            }
        });
    };
    let hold_words = if stays { words::log::let_go() } else { words::log::hold_back() };
    let change = if several { words::log::settle() } else { words::log::edit() };
    view! {
        <div class="entry-actions">
            <a class="button-quiet" href=Route::Edit(id).href()>{change}</a>
            {can_stay.then(|| view! { <button type="button" class="button-quiet" on:click=hold>{hold_words}</button> })}
            <button type="button" class="button-quiet" on:click=erase>{words::log::erase()}</button>
        </div>
    }
}
