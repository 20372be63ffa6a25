//! An entry as it stands in the log: a coloured edge and an indent for whose it is, and the name in words.

use super::labels;
use super::picture::Picture;
use super::problem::problem;
use super::replies_to::RepliesTo;
use super::standing::{sealed, standing};
use crate::state::calendar::{day, short_day, time};
use crate::state::route::Route;
use crate::state::{App, person};
use crate::words;
use bothways::log::Member;
use bothways::log::kinds::{Content, Kind, Telling, Whose};
use bothways::log::view::{EntryView, Version};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What stands above an entry, and so need not be said in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Under {
    /// The day it was written on.
    #[default]
    Day,
    /// Its kind, and the kind's choice where there is one.
    Kind,
    /// The day, and its kind as the heading of its page.
    Heading,
    /// Nothing of it.
    Nothing,
}

/// An entry, with what its writer may do with it.
#[component]
pub fn EntryCard(
    /// The entry.
    entry: EntryView,
    /// Whether it may be changed and replied to from here.
    #[prop(optional)]
    with_actions: bool,
    /// The replies to it that have no place of their own.
    #[prop(optional)]
    replies: Vec<EntryView>,
    /// What stands above it already.
    #[prop(optional)]
    under: Under,
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
        stays().then(words::log::stays),
        // Where there is no other phone everything would say so.
        (!entry.published && !stays() && app.is_paired()).then(words::log::unswapped),
        entry.clock_ahead.then(words::log::clock_ahead),
    ];
    let flags: Vec<&str> = flags.into_iter().flatten().collect();
    let id = entry.id;
    let kind = entry.telling().map(|telling| telling.kind);
    let may_change = mine || kind.is_some_and(|kind| kind.shape().whose == Whose::Both);
    // What the other has written in is not one person's to take away.
    let may_erase = mine && entry.is_of_one();
    let is_said = matches!(under, Under::Kind | Under::Heading);
    let is_named = |kind: &Kind| !is_said && !matches!(kind, Kind::Moment | Kind::Reply);
    let named_kind = kind.filter(is_named).map(labels::entry_kind);
    let when = match under {
        Under::Day | Under::Heading => time(entry.when.at),
        Under::Kind | Under::Nothing => short_day(entry.when.at),
    };
    let standing = standing(&app, &entry, with_actions);
    let seal = entry.seal.map(|seal| sealed(&app, id, seal, entry.member, with_actions));
    // What the envelope covers is not there to be told.
    let is_shut = seal.is_some() && !mine;
    let told = entry.versions.into_iter().filter(|_| !is_shut);
    // Of many "Erase" and "Reply" on a page, whose each is.
    let whose = format!("{}, {}", person(&app, entry.member), time(entry.when.at));
    let left_out = LeftOut { choice: under == Under::Kind, day: seal.is_some() };
    let versions = told.map(|version| view! { <Told version=version several=several left_out=left_out /> });
    view! {
        <article class=class>
            <header class="entry-head">
                <span class="entry-name" dir="auto">{person(&app, entry.member)}</span>
                {named_kind.map(|kind| view! { <span class="entry-kind">{kind}</span> })}
                <a class="entry-time" href=Route::Entry(id).href()>{when}</a>
            </header>
            {several.then(|| view! { <p class="entry-note">{words::log::versions()}</p> })}
            {entry.incomplete.then(|| view! { <p class="entry-note">{words::log::incomplete()}</p> })}
            {versions.collect_view()}
            {seal}
            {standing}
            {replies.into_iter().map(|reply| view! { <Reply reply=reply /> }).collect_view()}
            <footer class="entry-foot" role=with_actions.then_some("group") aria-label=with_actions.then_some(whose)>
                <span class="entry-flags">{flags.join(", ")}</span>
                {(!mine && with_actions && !is_shut).then(|| view! {
                    <a class="button-quiet" href=Route::Reply(id).href()>{words::log::reply()}</a>
                })}
                {(may_change && with_actions && !is_shut)
                    .then(|| view! { <Actions id=id several=several can_stay=can_stay stays=stays() may_erase=may_erase /> })}
            </footer>
        </article>
    }
}

/// A reply without words of its own, in one line.
#[component]
fn Reply(reply: EntryView) -> impl IntoView {
    let app = App::get();
    let telling = reply.telling()?;
    let said = telling.choice.map(|choice| labels::choice(telling.kind, choice));
    Some(view! {
        <p class="entry-note entry-reply"><strong dir="auto">{person(&app, reply.member)}</strong> ": " {said}</p>
    })
}

/// What is said elsewhere, and so not in what is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct LeftOut {
    choice: bool,
    day: bool,
}

/// One version of an entry, as its writer told it.
#[component]
pub fn Told(
    /// The version.
    version: Version,
    /// Whether it is one of several, and says whose and when it is.
    several: bool,
    /// What is said elsewhere.
    #[prop(optional)]
    left_out: LeftOut,
) -> impl IntoView {
    let app = App::get();
    let by = several.then(|| {
        let when =
            version.when.map(|when| format!("{}, {}", day(when.at), time(when.at))).unwrap_or_default();
        view! { <p class="entry-by">{person(&app, version.member)} ", " {when}</p> }
    });
    let told = match version.content {
        Some(Content::Told(telling)) => telling_view(&app, version.member, telling, left_out).into_any(),
        Some(_) => view! { <p class="entry-note">{words::log::newer()}</p> }.into_any(),
        None => view! { <p class="entry-note">{words::log::absent()}</p> }.into_any(),
    };
    view! {
        <div class="entry-version">{by} {told}</div>
    }
}

/// All that somebody told.
pub fn telling_view(app: &App, member: Member, telling: Telling, left_out: LeftOut) -> impl IntoView + use<> {
    let kind = telling.kind;
    let on_day = labels::on_day(&telling).filter(|_| !left_out.day);
    let alt = words::log::photo(person(app, member));
    let felt = telling.feeling.map(|feeling| words::log::feeling(labels::feeling(app, feeling.as_str())));
    let theme = telling.theme.map(labels::theme);
    let about = telling.about.and_then(|about| app.title_and_route(&about));
    let part = |(name, words): (&'static str, String)| {
        view! { <dt>{labels::part(kind, name)}</dt> <dd dir="auto">{words}</dd> }
    };
    let choice = telling.choice.filter(|_| !left_out.choice);
    view! {
        {telling.reply_to.map(|entry| view! { <RepliesTo entry=entry /> })}
        {telling.photos.into_iter().map(|photo| view! { <Picture photo=photo alt=alt.clone() /> }).collect_view()}
        {about.map(|(title, route)| view! { <p class="entry-about"><a class="tag-link" href=route.href()>{title}</a></p> })}
        {choice.map(|choice| view! { <p class="entry-choice">{labels::choice(kind, choice)}</p> })}
        {telling.passage.map(|passage| view! { <blockquote class="passage-quote" dir="auto">{passage}</blockquote> })}
        {(!telling.words.is_empty()).then(|| view! { <p class="entry-words" dir="auto">{telling.words}</p> })}
        {(!telling.parts.is_empty())
            .then(|| view! { <dl class="entry-parts">{telling.parts.into_iter().map(part).collect_view()}</dl> })}
        {on_day.map(|on_day| view! { <p class="entry-note">{on_day}</p> })}
        <p class="entry-tags">
            {telling.wish.map(|wish| view! { <span class="tag tag-wish">{labels::wish(wish)}</span> })}
            {felt.map(|felt| view! { <span class="tag" dir="auto">{felt}</span> })}
            {theme.map(|theme| view! { <span class="tag">{theme}</span> })}
        </p>
    }
}

#[component]
fn Actions(
    id: bothways::ids::EntryId,
    several: bool,
    can_stay: bool,
    stays: bool,
    may_erase: bool,
) -> impl IntoView {
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
            {may_erase.then(|| view! {
                <button type="button" class="button-quiet" on:click=erase>{words::log::erase()}</button>
            })}
        </div>
    }
}
