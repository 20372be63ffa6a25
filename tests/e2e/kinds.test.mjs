// Kinds of entry that keep a promise, between two phones: what is sealed is not shown before its time in any view, what is
// not ready leaves in no byte, and an agreement counts for exactly the words both have accepted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { pairedPhones } from "./lib/pair.mjs";
import { card, give, goTo, heading, introduce, open, save, take, timeline, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const SECRET = "zebra finch behind the piano";

async function twoPhones(t) {
  const phones = await pairedPhones(t);
  const { hers, his } = phones;
  await take(hers, await give(his), { accept: true });
  await take(his, await give(hers), { accept: true });
  return phones;
}

/** Opens the form of a kind by its address, as a link in a chapter or in Us does. */
async function begin({ page }, kind) {
  await page.evaluate((kind) => (location.hash = `#/new/${kind}`), kind);
  await page.locator("form.write").waitFor();
  await page.waitForFunction((kind) => document.querySelector("form.write select")?.value === kind, kind);
}

/** Everything one of them can see of the log: the timeline, a search, the entry's page, what is kept of a kind. */
async function allViews(phone, words, kind) {
  const { page } = phone;
  const seen = [];
  await goTo(phone, "Log");
  await page.locator("article.entry").first().waitFor();
  seen.push(await page.locator("main").innerText());
  await page.getByRole("searchbox").fill(words);
  await page.waitForTimeout(500);
  seen.push(await page.locator(".timeline").innerText());
  await page.getByRole("searchbox").fill("");
  await page.evaluate((kind) => (location.hash = `#/kept/${kind}`), kind);
  await page.locator("article.entry").first().waitFor();
  seen.push(await page.locator("main").innerText());
  await page.locator("article.entry a.entry-time").first().click();
  await heading(phone, kind === "letter" ? "A letter for later" : "An answer");
  seen.push(await page.locator("main").innerText());
  await goTo(phone, "Today");
  await page.waitForTimeout(300);
  seen.push(await page.locator("main").innerText());
  return seen.join("\n");
}

test("a letter is not shown to the other before its day, in no view, search or preview", async (t) => {
  const { hers, his } = await twoPhones(t);
  await begin(hers, "letter");
  await hers.page.locator("#words").fill(SECRET);
  // Without a day or an event it would be open at once.
  await hers.page.getByRole("button", { name: "Save", exact: true }).click();
  await hers.page.getByText("Say when it opens").waitFor();
  await hers.page.getByLabel("Opens on").fill("2099-05-03");
  await save(hers);
  assert.match(await card(hers, SECRET).innerText(), /Tom can read it from .*2099/);
  const preview = await take(his, await give(hers), { accept: true });
  assert.ok(!preview.includes(SECRET), "the preview tells it");
  const seen = await allViews(his, SECRET.split(" ")[0], "letter");
  assert.ok(!seen.includes(SECRET), "a view tells it");
  assert.match(seen, /A letter from Ana\. It opens on .*2099/);
  // Its day comes: the clock of his phone says so.
  await his.page.clock.install({ time: new Date("2099-05-04T12:00:00") });
  await goTo(his, "Today");
  await goTo(his, "Log");
  await card(his, SECRET).waitFor();
});

test("a letter for an event opens once its reader says that it has come to pass", async (t) => {
  const { hers, his } = await twoPhones(t);
  await begin(hers, "letter");
  await hers.page.locator("#words").fill(SECRET);
  await hers.page.getByLabel("Or when this has come to pass").fill("your first flat");
  await save(hers);
  await take(his, await give(hers), { accept: true });
  await goTo(his, "Log");
  const letter = card(his, "your first flat");
  assert.ok(!(await letter.innerText()).includes(SECRET));
  await letter.getByRole("button", { name: "It has come to pass: open it" }).click();
  await card(his, SECRET).waitFor();
});

test("an agreement: two wordings are shown, one settles them, and only the exact words both accepted count", async (t) => {
  const { hers, his } = await twoPhones(t);
  await begin(hers, "agreement");
  await hers.page.locator("#words").fill("The phone at night");
  await hers.page.getByLabel("What matters to him").fill("talking to friends");
  await hers.page.getByLabel("What matters to her").fill("that he sleeps");
  await hers.page.getByLabel("What we try").fill("in the hall at ten");
  await hers.page.getByLabel("Look at it again on").fill("2099-01-01");
  await save(hers);
  assert.match(await card(hers, "The phone at night").innerText(), /Tom has not accepted these words yet/);
  // Hers to erase as long as nobody else has written in it, and never his.
  const mayErase = (phone, words) => card(phone, words).getByRole("button", { name: "Erase", exact: true }).count();
  assert.equal(await mayErase(hers, "The phone at night"), 1);
  await take(his, await give(hers), { accept: true });
  await goTo(his, "Log");
  assert.equal(await mayErase(his, "The phone at night"), 0);
  await card(his, "The phone at night").getByRole("button", { name: "I accept these words" }).click();
  await card(his, "Agreed: both of you have accepted exactly these words.").waitFor();
  await take(hers, await give(his), { accept: true });
  await goTo(hers, "Log");
  await card(hers, "Agreed: both of you").waitFor();

  // Both change it between two swaps.
  for (const [phone, wording] of [[hers, "in the hall at half past ten"], [his, "in the hall at eleven"]]) {
    await goTo(phone, "Log");
    await card(phone, "The phone at night").getByRole("link", { name: "Change", exact: true }).click();
    await heading(phone, "Change an entry");
    await phone.page.getByLabel("What we try").fill(wording);
    await save(phone);
    assert.doesNotMatch(await card(phone, "The phone at night").innerText(), /Agreed/);
  }
  await take(his, await give(hers), { accept: true });
  await take(hers, await give(his), { accept: true });
  for (const phone of [hers, his]) {
    await goTo(phone, "Log");
    const both = await card(phone, "The phone at night").innerText();
    assert.match(both, /half past ten[^]*eleven|eleven[^]*half past ten/);
    assert.doesNotMatch(both, /Agreed/);
  }
  // One settles it; the other sees one wording again and accepts it.
  await card(his, "The phone at night").getByRole("link", { name: "Settle on one" }).click();
  await heading(his, "Change an entry");
  await his.page.getByLabel("What we try").fill("in the hall at half past ten, on Fridays at eleven");
  await save(his);
  await take(hers, await give(his), { accept: true });
  await goTo(hers, "Log");
  const settled = card(hers, "on Fridays at eleven");
  assert.equal(await mayErase(hers, "on Fridays at eleven"), 0);
  assert.doesNotMatch(await settled.innerText(), /Agreed|Two versions/);
  await settled.getByRole("button", { name: "I accept these words" }).click();
  await card(hers, "Agreed: both of you").waitFor();
  // What it was before stands on its page.
  await settled.locator("a.entry-time").click();
  await hers.page.getByRole("heading", { name: "How it was before" }).waitFor();
  assert.match(await hers.page.locator(".history").innerText(), /in the hall at ten/);
});

test("a repair is in no byte that leaves the phone until it is ready, and can be said to have mended", async (t) => {
  const { hers, his } = await twoPhones(t);
  await begin(his, "repair");
  await his.page.locator("#words").fill(SECRET);
  await his.page.getByLabel("What I heard you say").fill("that I never help");
  await his.page.getByLabel("What I offer").fill("the bins, all of November");
  assert.ok(await his.page.getByRole("radio", { name: "Only me" }).isChecked());
  await save(his);
  const file = await give(his, { everything: true });
  assert.ok(!file.text.includes(SECRET) && !file.text.includes("all of November"), "it left the phone");
  await goTo(his, "Log");
  await his.page.locator("summary", { hasText: "Only me" }).click();
  const kept = his.page.locator(".note");
  assert.match(await kept.innerText(), /Putting it right[^]*What I heard you say\s+that I never help[^]*the bins, all of November/);
  await kept.getByRole("link", { name: "Change" }).click();
  await heading(his, "Change an entry");
  await his.page.getByRole("radio", { name: "Both of us" }).check();
  await save(his);
  await take(hers, await give(his), { accept: true });
  await goTo(hers, "Log");
  const repair = card(hers, SECRET);
  assert.match(await repair.innerText(), /What I offer\s+the bins, all of November/);
  await repair.getByRole("button", { name: "It has mended" }).click();
  await card(hers, "Mended.").waitFor();
});

test("a repair that is begun as something else is only its writer's from then on", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await phone.page.evaluate(() => (location.hash = "#/write"));
  await heading(phone, "Write");
  const readers = (name) => phone.page.getByRole("radio", { name, exact: true });
  assert.ok(await readers("Both of us").isChecked());
  await phone.page.getByLabel("What kind of entry").selectOption("repair");
  await phone.page.getByLabel("What I offer").waitFor();
  assert.ok(await readers("Only me").isChecked());
  await phone.page.getByLabel("What kind of entry").selectOption("story");
  assert.ok(await readers("Both of us").isChecked());
});

test("a reply can be one tap: it stands under the entry on both phones, and not in the timeline", async (t) => {
  const { hers, his } = await twoPhones(t);
  await goTo(his, "Log");
  await card(his, "hers").getByRole("link", { name: "Reply" }).click();
  await his.page.getByRole("radio", { name: "I heard you" }).check();
  await save(his);
  await take(hers, await give(his), { accept: true });
  assert.deepEqual((await timeline(hers)).sort(), ["hers", "his"]);
  assert.match(await card(hers, "hers").innerText(), /Tom: I heard you/);
});

test("how one is needs no words, and says whether one wants to be heard or helped", async (t) => {
  const { hers, his } = await twoPhones(t);
  await goTo(hers, "Today");
  await hers.page.getByRole("link", { name: "How I am" }).click();
  await hers.page.locator("form.write").waitFor();
  await hers.page.getByRole("radio", { name: "Sad", exact: true }).check();
  await hers.page.getByLabel("What you would like").selectOption("listen");
  await save(hers);
  await take(his, await give(hers), { accept: true });
  await goTo(his, "Log");
  assert.match(await card(his, "Please listen").innerText(), /How I am[^]*Felt sad/i);
});

test("the log can be narrowed by kind, writer, feeling and theme", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await write(phone, "plain", { who: HER });
  await begin(phone, "story");
  await phone.page.locator("#words").fill("the goat on the stairs");
  await save(phone);
  const shown = async (facet) => {
    await phone.page.locator(".select", { hasText: /^Show/ }).locator("select").selectOption(facet);
    await phone.page.waitForTimeout(400);
    return phone.page.locator("article.entry .entry-words").allTextContents();
  };
  assert.deepEqual(await shown("kind-story"), ["the goat on the stairs"]);
  assert.deepEqual(await shown("theme-legacy"), ["the goat on the stairs"]);
  assert.deepEqual(await shown("who-mother"), ["the goat on the stairs", "plain"]);
  assert.deepEqual(await shown("feeling"), []);
  await phone.page.getByText("Nothing of this sort yet.").waitFor();
  assert.deepEqual(await shown(""), ["the goat on the stairs", "plain"]);
});

test("from the second start on, the first written word is two taps away, on a phone for two three", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "first", { who: HER });
  const start = async () => {
    await page.goto("about:blank");
    await page.goto(server.url);
    await page.getByRole("link", { name: "Write something down" }).waitFor();
  };
  // Where a thumb is put on what it sees: nothing is scrolled into sight first, and nothing is waited for but the picture.
  const tap = async (place) => {
    await place.waitFor();
    const { x, y, width, height } = await place.boundingBox();
    const [across, down] = [x + width / 2, y + height / 2];
    const isSeen = await place.evaluate((it, [x, y]) => it.contains(document.elementFromPoint(x, y)), [across, down]);
    assert.ok(isSeen, `${place} is not to be seen without a move`);
    await page.touchscreen.tap(across, down);
  };
  const words = page.locator("#words");
  await start();
  await tap(page.getByRole("link", { name: "Write something down" }));
  await tap(words);
  await page.keyboard.type("now");
  assert.equal(await words.inputValue(), "now");

  await page.getByRole("button", { name: "Give up this text" }).click();
  await goTo(phone, "Us");
  await page.getByLabel("We both write on this phone").check();
  await page.getByRole("group", { name: "Who is speaking?" }).waitFor();
  await start();
  await tap(page.getByRole("button", { name: "Tom" }));
  await tap(page.getByRole("link", { name: "Write something down" }));
  await tap(words);
  await page.keyboard.type("his");
  assert.equal(await words.inputValue(), "his");
  // And they are his.
  await save(phone);
  assert.match(await card(phone, "his").innerText(), /^Tom/);
});

test("an agreement whose day has come waits on Today, until one of them says that it stays", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "first", { who: HER });
  await begin(phone, "agreement");
  await page.locator("#words").fill("The phone at night");
  await page.getByLabel("Look at it again on").fill("2020-01-01");
  await save(phone);
  await card(phone, "The phone at night").waitFor();
  // Where there is nobody to swap with, nothing says that it was not.
  assert.doesNotMatch(await page.locator("main").innerText(), /not swapped yet/);
  await goTo(phone, "Today");
  const waits = page.getByRole("region", { name: "What waits" });
  await waits.getByText("Its day has come").waitFor();
  await waits.getByRole("button", { name: "It stays as it is" }).click();
  await waits.waitFor({ state: "detached" });
  await page.evaluate(() => (location.hash = "#/kept/agreement"));
  await heading(phone, "Agreements");
  await card(phone, "The phone at night").waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), /Its day has come|It stays as it is/);
});
