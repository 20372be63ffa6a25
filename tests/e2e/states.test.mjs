// Every state of every room: axe finds nothing, in light and in dark, nothing sticks out of a phone 360 pixels wide, and all
// that can be tapped is as large as a thumb needs. A state that is new belongs into one of the tables here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complaints, misfits, smallTargets } from "./lib/axe.mjs";
import { appRuns, newPhone } from "./lib/browser.mjs";
import { newCard } from "./lib/card.mjs";
import { loadDemo } from "./lib/demo.mjs";
import { card, cardOf, give, goTo, goToPairing, heading, introduce, meet, open, save, sayYes, take, write } from "./lib/phone.mjs";
import { addPhoto, cameraPicture } from "./lib/photo.mjs";
import { newServer, nextVersion } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Mum");
/** 360 pixels wide and without motion: colours are what they are at once. */
const DEVICE = { viewport: { width: 360, height: 740 }, reducedMotion: "reduce", locale: "en-GB" };
const KINDS = ["check-in", "good-news", "answer", "thanks", "learned", "teach-me", "story", "letter", "agreement", "repair", "ritual", "milestone", "he-leads", "own-idea", "own-question", "reply"];
const KEPT = ["agreement", "ritual", "letter", "he-leads", "teach-me", "milestone", "own-idea", "own-question"];
const NOBODY = "0".repeat(32);

/**
 * Comes to each state after the other on a phone and gathers what is wrong there. A table's lines are the state's name,
 * and what is done to come to it: an address to go to, or something to do with the page, or first the one and then the other.
 */
async function visit(phone, table) {
  const { page } = phone;
  const wrong = new Map();
  for (const [name, ...ways] of table) {
    for (const way of ways) await (typeof way === "string" ? at(phone, way) : way(page, phone));
    await page.waitForTimeout(150);
    assert.ok(await page.locator("#crash").isHidden(), `${name}: the app has stopped`);
    // The same part is in many states; the first that shows it is enough.
    for (const line of await wrongWith(page)) if (!wrong.has(line)) wrong.set(line, name);
  }
  if (wrong.size > 0) assert.fail([...wrong].map(([line, name]) => `${name}: ${line}`).join("\n"));
}

/** What is wrong with the page as it stands, a line each. */
async function wrongWith(page) {
  const found = [...(await misfits(page)), ...(await smallTargets(page)), ...(await complaints(page, "light"))];
  await page.emulateMedia({ colorScheme: "dark" });
  found.push(...(await complaints(page, "dark")).map((line) => `dark: ${line}`));
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** Goes to an address without starting the app anew. */
async function at({ page }, address) {
  await page.evaluate((address) => (location.hash = address), address);
  await page.locator("main h1").waitFor();
  await page.waitForTimeout(250);
}

const button = (name) => (page) => page.getByRole("button", { name, exact: true }).first().click();
const fold = (words) => (page) => page.locator("summary", { hasText: words }).first().click();
const fill = (place, words) => (page) => page.locator(place).first().fill(words);
const choose = (label, id) => (page) => page.locator("label.select", { has: page.getByText(label, { exact: true }) }).locator("select").selectOption(id);
const radio = (name) => (page) => page.getByRole("radio", { name, exact: true }).check();
const sees = (words) => (page) => page.getByText(words).first().waitFor();
const search = (words) => (page) => page.getByRole("searchbox").fill(words);
/** Gives up what a form holds: a draft would come back in the next. */
const giveUp = button("Give up this text");

const FIRST_DAY = [
  ["Today, on the first start", "/today"],
  ["the guide", "/guide"],
  ["the guide, searched", "/guide", search("listen"), (page) => page.locator("ul.cards mark").first().waitFor()],
  ["the guide, searched in vain", search("zzzz"), sees("Nothing found")],
  ["a chapter", "/guide/needs"],
  ["a chapter, with an age opened", fold("Teen")],
  ["a chapter, read as somebody else", fold("Read it as"), choose("For the age", "teen")],
  ["a chapter, where it can be marked", button("Mark or note")],
  ["a note by a paragraph", "/guide/needs/1"],
  ["an answer", "/answers/ask-fine"],
  ["a chapter that is not there", "/guide/nowhere"],
  ["ideas", "/ideas"],
  ["ideas, with the lists open", fold("Narrow it down")],
  ["ideas, narrowed", choose("Kind", "adventure"), choose("Time, at most", "240")],
  ["ideas, where nothing fits", search("zzzz"), sees("Nothing fits all of that")],
  ["ideas, without a favourite", choose("Which", "yours"), sees("You have no favourites")],
  ["ideas, without one of their own", choose("Which", "own"), sees("has added an idea")],
  ["an idea", "/ideas/cooking-his-sandwich"],
  ["an idea, as a favourite of nobody yet", button("Favourite"), sees("Write a first entry")],
  ["an idea, being planned", fold("Plan it for a day"), fill("#plan-day", "2030-05-03")],
  ["an idea that is not there", "/ideas/nowhere"],
  ["the log, empty", "/log"],
  ["an entry that is not there", `/log/${NOBODY}`],
  ["a change to an entry that is not there", `/log/${NOBODY}/edit`],
  ["an address that leads nowhere", "/nowhere"],
  ["both ways, untouched", "/both"],
  ["the book, empty", "/book"],
  ...KEPT.map((kind) => [`what is kept, empty: ${kind}`, `/kept/${kind}`]),
  ["swap, on a new phone", "/swap"],
  ["swap, with a backup to restore that is none", restoreNothing],
  ["Us, before anybody has written", "/us"],
  ["Us, to be erased", fold("Erase everything here"), fill("#us-erase", "erase")],
];

const FORMS = [
  ["writing, for the first time", "/write"],
  ["nothing was written", button("Save"), sees("There are no words yet")],
  ["nobody was named", fill("#words", "something"), button("Save"), sees("Choose who writes")],
  ["something to begin with", giveUp, "/write", fold("Something to begin with")],
  ["a feeling", radio("Glad"), sees("What has helped others")],
  ["a feeling, more nearly", (page) => page.getByRole("group", { name: "Nearer still" }).getByRole("radio").first().check()],
  ["a feeling in one's own word", fill("#own-feeling", "sad-ish")],
  ["only for oneself", radio("Only me"), sees("It stays in your own drawer")],
  ["almost too long", fill("#words", "a".repeat(7_900)), sees("characters left")],
  ["with a photo", fill("#words", "look"), addAPhoto],
  ["about an idea", giveUp, "/write/cooking-his-sandwich"],
  ["about a question", giveUp, answerToday, sees("Sealed until both have answered")],
  ...KINDS.map((kind) => [`a new ${kind}`, giveUp, `/new/${kind}`]),
  ["a letter that opens never", giveUp, "/new/letter", fill("#words", "for later"), button("Save"), sees("Say when it opens")],
  ["given up", giveUp],
];

async function answerToday(page, phone) {
  await goTo(phone, "Today");
  await page.getByRole("link", { name: "Write your answer" }).click();
  await heading(phone, "Write");
}

async function addAPhoto(page, phone) {
  await addPhoto(phone, await cameraPicture(page, { width: 800, height: 600 }));
  await page.locator("img.photo").waitFor();
}

async function restoreNothing(page) {
  const chosen = page.waitForEvent("filechooser");
  await page.getByText("Pick its files").click();
  await (await chosen).setFiles({ name: "none.txt", mimeType: "text/plain", buffer: Buffer.from("none") });
  await page.locator("#backup-words").fill("soup bridge train window lemon story");
  await page.getByRole("button", { name: "Look inside" }).click();
  await page.locator("p#opened").waitFor();
}

test("on a phone in which nobody has written", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, { device: DEVICE });
  await open(phone, server);
  await visit(phone, FIRST_DAY);
});

test("all forms, from the first to the last kind", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, { device: DEVICE });
  await open(phone, server);
  await visit(phone, FORMS);
});

/** The page of the first entry of a kind. */
const entryOf = (kind) => [`/kept/${kind}`, (page) => page.locator("main a.entry-time").first().click(), (page) => page.waitForFunction(() => /^#\/log\/[0-9a-f]{32}$/.test(location.hash) && document.querySelector("main p.day + article.entry"))];

const GROWN = [
  ["Today, with a year behind", "/today", (page) => page.locator("article.entry").first().waitFor()],
  ["Today, another gesture and question", button("Another one")],
  ["the log", "/log", (page) => page.locator("article.entry").first().waitFor()],
  ["the log, as a month", button("Month"), (page) => page.locator(".month-days").waitFor()],
  ["the month before", button("The month before")],
  ["a day of a month", (page) => page.locator(".month-marked").first().click()],
  ["the log, searched", "/log", search("the"), sees(/\d+ entries/)],
  ["the log, searched in vain", search("zzzz"), sees("Nothing found")],
  ["the log, narrowed to sealed answers", "/log", choose("Show", "kind-answer")],
  ["the log, narrowed to letters", choose("Show", "kind-letter")],
  ["the log, narrowed to replies", choose("Show", "kind-reply")],
  ["the log, narrowed to repairs", choose("Show", "kind-repair")],
  ...KEPT.map((kind) => [`what is kept: ${kind}`, `/kept/${kind}`]),
  ...KEPT.map((kind) => [`the page of a ${kind}`, ...entryOf(kind)]),
  ["the page of an entry with replies", "/log", search("reply"), (page) => page.locator("main a.entry-time").first().click()],
  ["an idea of their own", "/ideas", (page) => page.getByRole("link", { name: "Film the soup" }).click(), button("Favourite")],
  ["both ways, touched", "/both"],
  ["the book", "/book", (page) => page.locator(".book-entry").first().waitFor()],
  ["the book of one year, with what is only mine", (page) => page.getByLabel("Which years").selectOption({ index: 1 }), (page) => page.getByLabel("My own book").check()],
  ["the book, with something left out", button("Leave out")],
  ["the whole swap room", "/swap"],
  ["the phones", fold("Your phones"), sees("Pair another phone")],
  ["a backup's words", button("Make a backup"), (page) => page.locator("#six-words").waitFor()],
  ["a backup made", (page) => page.getByRole("button", { name: "They are on paper" }).click(), (page) => page.locator("#backup-made").waitFor({ timeout: 120_000 })],
  ["Us", "/us"],
  ["Us, what rests", fold("A person or a word"), fill("#rest-word", "the lake"), button("Let it rest")],
  ["Us, where the lock is set", fold("Lock it with a passphrase"), fill("#lock-set-new", "six quiet herons")],
  ["Us, where the two passphrases differ", button("Lock it"), sees("not the same")],
  ["Us, with the lock open", fill("#lock-set-again", "six quiet herons"), button("Lock it"), sees("It is open")],
  ["Us, with the lock shut", button("Shut it now"), (page) => page.locator("#lock-open-phrase").waitFor()],
  ["Us, leaving", fold("Leave the pair with"), fill("#us-erase-mine", "erase")],
  ["Us, with large text and in dark", (page) => page.getByLabel("Larger text").check(), radio("Dark")],
  ["Us, as the system has it", (page) => page.getByLabel("Larger text").uncheck(), (page) => page.getByRole("radio", { name: "As the phone" }).check()],
];

test("with a year of a grown pair's log", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, { device: DEVICE });
  await loadDemo(phone, server, "grown");
  await visit(phone, GROWN);
});

const LITTLE = [
  ["Today, for who cannot read", "/today", (page) => page.locator(".face-big").waitFor()],
  ["nobody has said who is speaking", "/write", fill("#words", "mud"), button("Save"), sees("Say first, at the top")],
  ["one of them is speaking", (page) => page.locator(".whose button").last().click()],
  ["a drawing", button("Draw something"), (page) => page.locator("canvas.drawing").waitFor()],
  ["a drawing that is used", button("Use this drawing"), (page) => page.locator("img.photo").waitFor()],
  ["how he is, by a face", giveUp, "/new/check-in", radio("Sad")],
  ["the log of both on one phone", giveUp, "/log", (page) => page.locator("article.entry").first().waitFor()],
  ["swap, on a phone for two", "/swap"],
  ["Us, on a phone for two", "/us"],
  ["the chapter of a little one", "/guide/feelings"],
];

test("with a year of a little pair's log, on one phone for two", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, { device: DEVICE });
  await loadDemo(phone, server, "little");
  await visit(phone, LITTLE);
});

test("two phones: paired, given, previewed, taken in, undone, and every promise an entry keeps", async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t, { device: DEVICE }), await newPhone(t, { device: DEVICE })];
  await open(hers, server);
  await open(his, server);
  await write(hers, "hers", { who: HER });
  await write(his, "his", { who: HIM });
  const { page } = hers;
  const theirs = newCard({ member: "son", name: "Tom" });
  await visit(hers, [
    ["to be paired", "/swap", () => cardOf(hers)],
    ["not in one room", fold("Not in one room?")],
    ["a code that is none", () => goToPairing(hers), fold("Or paste the other phone's code"), fill("#their-card", "none"), button("Read the code"), sees("This is not a pairing code")],
    ["filming without a camera", "/log", "/swap", button("Film the other phone's code"), (page) => page.locator("main [role=alert]").waitFor()],
    ["words to compare", "/log", "/swap", () => cardOf(hers), () => meet(hers, theirs)],
    ["words that were not the same", (page) => page.locator(".incoming .row button").last().click()],
    ["a phone that is the wrong one of the two", "/log", "/swap", () => cardOf(hers), () => meet(hers, newCard({ member: "mother", name: "Ana" }))],
  ]);
  // Now the phone he really has.
  const cards = [];
  for (const phone of [hers, his]) {
    await goTo(phone, "Log");
    await goToPairing(phone);
    cards.push(await cardOf(phone));
  }
  for (const [at, phone] of [hers, his].entries()) {
    await meet(phone, cards[1 - at]);
    await sayYes(phone);
  }
  await visit(hers, [["just paired", () => {}]]);
  for (const [phone, kind, parts] of [
    [his, "agreement", { "What matters to him": "talking to friends", "What matters to her": "that he sleeps", "What we try": "in the hall at ten" }],
    [his, "letter", { "Or when this has come to pass": "your first flat" }],
    [his, "repair", { "What I offer": "the bins" }],
    [his, "check-in", {}],
    [his, "teach-me", {}],
  ]) {
    await at(phone, `/new/${kind}`);
    if (kind === "check-in") await radio("Sad")(phone.page);
    if (kind === "check-in") await choose("What you would like", "listen")(phone.page);
    if (kind === "teach-me") await phone.page.getByRole("group").getByRole("radio").first().check();
    await phone.page.locator("#words").fill(`about the ${kind}`);
    for (const [label, words] of Object.entries(parts)) await phone.page.getByLabel(label).fill(words);
    if (kind === "repair") await radio("Both of us")(phone.page);
    await save(phone);
  }
  await answerToday(his.page, his);
  const question = await his.page.evaluate(() => location.hash.slice(1));
  await his.page.locator("#words").fill("sealed words");
  await save(his);
  await visit(hers, [
    ["nothing is made yet", "/swap"],
    ["a file is made", button("Make the file"), (page) => page.locator("#leaves").waitFor()],
    ["what leaves", (page) => page.locator(".leaves summary").click()],
    ["a moving code", button("Show as a moving code"), (page) => page.locator("canvas.code").waitFor()],
    ["a moving code, larger", button("Larger squares")],
    ["no moving code any more", button("Stop showing")],
    ["filming without a camera", button("Film a moving code"), (page) => page.locator("main [role=alert]").waitFor()],
  ]);
  const file = await give(his);
  const paste = (words) => async (page) => {
    const summary = page.locator("summary", { hasText: "Or paste" }).last();
    if (!(await page.locator("#pasted").isVisible())) await summary.click();
    await page.locator("#pasted").fill(words);
    await page.getByRole("button", { name: "Read the text" }).click();
    await page.locator("#outcome").waitFor();
  };
  await visit(hers, [
    ["a text that is no file", "/swap", paste("no file"), sees("This is not")],
    ["a preview", paste(file.sealed)],
    ["a preview, opened", async (page) => { for (const summary of await page.locator(".incoming summary").all()) await summary.click(); }],
    ["left", button("Leave it")],
    ["taken in", paste(file.sealed), button("Take it in"), sees("Done. This phone now holds")],
    ["taken back", button("Take the last one back"), sees("Taken back.")],
    ["taken in once more", paste(file.sealed), button("Take it in"), sees("Done. This phone now holds")],
    ["Today, with what waits", "/today", sees("What waits")],
    ["the log, with all that", "/log", (page) => card(hers, "has answered a question").waitFor()],
    ["an agreement to accept", "/kept/agreement", sees("I accept these words")],
    ["an agreement", button("I accept these words"), sees("Agreed: both of you")],
    ["a letter that waits for an event", "/kept/letter", sees("It opens when this has come to pass")],
    ["a letter, opened", button("It has come to pass: open it"), sees("about the letter")],
    ["something to be shown", "/kept/teach-me", sees("We have done it")],
    ["it has been", button("We have done it"), sees("Done.")],
    ["a repair to be settled", "/log", (page) => card(hers, "about the repair").getByRole("button", { name: "It has mended" }).waitFor()],
    ["a repair, settled", (page) => card(hers, "about the repair").getByRole("button", { name: "It has mended" }).click(), sees("Mended.")],
    ["an answer to a sealed one", question],
    ["sealed answers, opened", fill("#words", "her answer"), () => save(hers), sees("sealed words")],
    ["a reply", "/log", (page) => card(hers, "about the check-in").getByRole("link", { name: "Reply" }).click(), sees("In reply to Tom:")],
    ["a reply of one tap", radio("I heard you"), () => save(hers)],
    ["an entry held back", (page) => page.getByRole("button", { name: "Hold back" }).first().click(), sees("It stays on this phone")],
    ["an entry erased", (page) => card(hers, "her answer").getByRole("button", { name: "Erase" }).click(), sees("Erased.")],
    ["a note only for oneself", "/write", fill("#words", "mine alone"), radio("Only me"), () => save(hers), fold("Only me: 1 note")],
  ]);
  // Both change the agreement between two swaps.
  for (const [phone, wording] of [[hers, "at half past ten"], [his, "at eleven"]]) {
    await at(phone, "/kept/agreement");
    await phone.page.getByRole("link", { name: "Change", exact: true }).click();
    await heading(phone, "Change an entry");
    await phone.page.getByLabel("What we try").fill(wording);
    await save(phone);
  }
  await take(hers, await give(his), { accept: true });
  await visit(hers, [
    ["an agreement in two wordings", "/kept/agreement", sees("Two versions, written apart")],
    ["the page of it", ...entryOf("agreement").slice(1)],
    ["to be settled", "/kept/agreement", (page) => page.getByRole("link", { name: "Settle on one" }).click(), () => heading(hers, "Change an entry")],
    ["settled, with what it was before", fill("#part-try", "at ten, on Fridays at eleven"), () => save(hers), ...entryOf("agreement"), sees("How it was before")],
    ["the phones", "/swap", fold("Your phones"), (page) => page.getByRole("button", { name: "It is gone" }).waitFor()],
    ["a phone is gone", button("It is gone")],
  ]);
  await page.goto(`${server.url}#/us`);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Begin another log" }).click()]);
  await visit(hers, [["another log", "/today"], ["Us, with two logs", "/us"]]);
});

test("when something is in the way", async (t) => {
  const server = await newServer(t);
  const later = (await (await fetch(server.url)).text()).match(/bothways-[0-9a-f]+_later\.wasm/)?.[0];
  const phone = await newPhone(t, { device: DEVICE });
  const { page } = phone;
  if (later) server.faults.set(later, { status: 404 });
  await open(phone, server);
  if (later) await visit(phone, [["a room that is not on this phone yet", (page) => page.evaluate(() => (location.hash = "/swap")), sees("This page is not on this phone yet")]]);
  server.faults.clear();
  await page.reload();
  await page.evaluate(() => navigator.serviceWorker.ready);
  server.dist = await nextVersion("two");
  await page.reload();
  await appRuns(page);
  await visit(phone, [["a new version", sees("A new version is ready.")]]);
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("blocked", "SecurityError"); } }));
  await page.goto("about:blank");
  await page.goto(`${server.url}#/today`);
  await visit(phone, [
    ["nothing can be kept", sees("nothing you write can be saved here")],
    ["swap, where nothing can be kept", "/swap"],
    ["not saved", "/write", fill("#words", "in vain"), radio("The son"), button("Save"), sees("Not saved.")],
  ]);
  await page.goto(`${server.url}rescue.html`);
  assert.deepEqual(await wrongWith(page), [], "the page that gives the log back");
  await page.goto(server.url);
  await page.evaluate(() => (document.getElementById("crash").hidden = false));
  assert.deepEqual(await wrongWith(page), [], "the app has stopped");
});
