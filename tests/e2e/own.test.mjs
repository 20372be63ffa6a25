// Ideas and questions of their own: written on one phone, swapped, done and answered on the other, found, marked by both.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pairedPhones } from "./lib/pair.mjs";
import { card, erase, give, goTo, heading, save, take } from "./lib/phone.mjs";

const swapOver = async (from, to) => take(to, await give(from), { accept: true });

/** Writes an idea, from the room Ideas. */
async function addIdea(phone, title, steps, { minutes, place } = {}) {
  const { page } = phone;
  await goTo(phone, "Ideas");
  await page.getByRole("link", { name: "Add your own" }).click();
  await page.getByLabel("The idea, in one line").fill(title);
  await page.getByLabel("How it goes, a line for each step").fill(steps);
  if (minutes || place) {
    await page.locator("summary", { hasText: "What it takes" }).click();
    if (minutes) await page.getByLabel("How long").selectOption({ label: minutes });
    if (place) await page.getByLabel("Where").selectOption({ label: place });
  }
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved on this phone.").waitFor();
  await heading(phone, "Ideas");
}

/** Narrows the ideas down. */
async function narrow({ page }, facet, choice) {
  const fold = page.locator("details.fold", { hasText: "Narrow it down" });
  if (!(await fold.evaluate((it) => it.open))) await fold.locator("summary").click();
  await fold.getByLabel(facet).selectOption({ label: choice });
}

const titles = ({ page }) => page.locator("main ul.cards .card-title").allTextContents();
const ideaCard = ({ page }, title) => page.locator("li.card", { hasText: title });

test("an idea of their own is written by one, done by the other, found by search, and a favourite of both", async (t) => {
  const { hers, his } = await pairedPhones(t);
  await addIdea(hers, "Drum on every pot", "Fetch the pots\nCount to four", { minutes: "15 minutes", place: "At home" });
  assert.match(await ideaCard(hers, "Drum on every pot").innerText(), /yours, by Ana[^]*15 minutes · At home/i);
  await swapOver(hers, his);

  // On his phone: among the ideas, found by its words, and said whose it is.
  await goTo(his, "Ideas");
  await his.page.getByRole("searchbox").fill("drum pot");
  await ideaCard(his, "Drum on every pot").waitFor();
  assert.deepEqual(await titles(his), ["Drum on every pot"]);
  assert.match(await ideaCard(his, "Drum on every pot").innerText(), /yours, by Ana/i);
  await goTo(his, "Guide");
  await his.page.getByRole("searchbox").fill("drum");
  await his.page.getByRole("link", { name: "Drum on every pot" }).click();
  await heading(his, "Drum on every pot");
  assert.deepEqual(await his.page.locator("ol.steps li").allTextContents(), ["Fetch the pots", "Count to four"]);
  await his.page.getByRole("button", { name: "Favourite" }).click();
  await his.page.locator(".favourite[aria-pressed=true]").waitFor();
  await his.page.getByRole("link", { name: "We did it" }).click();
  await his.page.locator(".about-title", { hasText: "Drum on every pot" }).waitFor();
  await his.page.getByText("what neither of you had planned").waitFor();
  await his.page.locator("#words").fill("the lid won");
  await save(his);
  await card(his, "the lid won").getByRole("link", { name: "Drum on every pot" }).waitFor();

  // Back on hers: done, his favourite, and once she marks it too, a favourite of both.
  await swapOver(his, hers);
  await goTo(hers, "Ideas");
  await narrow(hers, "Which", "The other's favourites");
  assert.deepEqual(await titles(hers), ["Drum on every pot"]);
  await narrow(hers, "Which", "Favourites of both");
  await hers.page.getByText("Nothing fits all of that").waitFor();
  await narrow(hers, "Which", "The other's favourites");
  await hers.page.getByRole("link", { name: "Drum on every pot" }).click();
  await hers.page.getByText("Done before").waitFor();
  await hers.page.getByRole("button", { name: "Favourite" }).click();
  await hers.page.locator(".favourite[aria-pressed=true]").waitFor();
  await goTo(hers, "Ideas");
  await narrow(hers, "Which", "Favourites of both");
  await ideaCard(hers, "Drum on every pot").getByText("Favourite of both · Done before").waitFor();

  // He changes it, she sees it, and erases nothing of his by it.
  await goTo(his, "Ideas");
  await his.page.getByRole("link", { name: "Drum on every pot" }).click();
  await his.page.getByRole("link", { name: "Change" }).click();
  await his.page.getByLabel("The idea, in one line").fill("Drum on every lid");
  await his.page.getByRole("button", { name: "Save", exact: true }).click();
  await his.page.getByText("Saved on this phone.").waitFor();
  await swapOver(his, hers);
  await goTo(hers, "Ideas");
  await ideaCard(hers, "Drum on every lid").waitFor();
  await goTo(hers, "Log");
  await card(hers, "the lid won").getByRole("link", { name: "Drum on every lid" }).waitFor();
});

test("an idea that is erased goes from the ideas, here and after the swap there", async (t) => {
  const { hers, his } = await pairedPhones(t);
  await addIdea(hers, "Drum on every pot", "Fetch the pots");
  await swapOver(hers, his);
  await hers.page.evaluate(() => (location.hash = "#/ideas"));
  await hers.page.getByRole("link", { name: "Drum on every pot" }).click();
  await heading(hers, "Drum on every pot");
  await hers.page.getByRole("button", { name: "Erase" }).click();
  await heading(hers, "Ideas");
  await ideaCard(hers, "Drum on every pot").waitFor({ state: "detached" });
  // It can be brought back for some seconds.
  await hers.page.getByRole("button", { name: "Undo" }).click();
  await ideaCard(hers, "Drum on every pot").waitFor();
  await erase(hers, "Drum on every pot");
  await swapOver(hers, his);
  await goTo(his, "Ideas");
  await his.page.locator("li.card").first().waitFor();
  assert.equal(await ideaCard(his, "Drum on every pot").count(), 0);
});

test("new to both leaves out what was done or marked, never ends in an empty page, and a surprise keeps to it", async (t) => {
  const { hers } = await pairedPhones(t);
  const { page } = hers;
  await addIdea(hers, "Drum on every pot", "Fetch the pots");
  await addIdea(hers, "Whistle backwards", "Draw breath");
  await narrow(hers, "Which", "Your own ideas");
  assert.deepEqual(await titles(hers), ["Whistle backwards", "Drum on every pot"]);
  await page.getByRole("link", { name: "Drum on every pot" }).click();
  await page.getByRole("button", { name: "Favourite" }).click();
  await page.locator(".favourite[aria-pressed=true]").waitFor();
  await goTo(hers, "Ideas");
  await narrow(hers, "Which", "New to both of you");
  await ideaCard(hers, "Whistle backwards").waitFor();
  assert.equal(await ideaCard(hers, "Drum on every pot").count(), 0);
  await page.getByRole("searchbox").fill("whistle backwards");
  await page.getByRole("button", { name: "Surprise us" }).click();
  await heading(hers, "Whistle backwards");
  await goTo(hers, "Ideas");
  await narrow(hers, "Which", "The other's favourites");
  await page.getByText("Nothing fits all of that").waitFor();
  await page.locator(".message").getByRole("button", { name: "The other's favourites" }).click();
  await ideaCard(hers, "Drum on every pot").waitFor();
});

test("a question of their own is what Today asks, sealed until both have answered", async (t) => {
  const { hers, his } = await pairedPhones(t);
  await goTo(hers, "Us");
  await hers.page.getByRole("link", { name: "Questions of ours" }).click();
  await hers.page.getByRole("link", { name: "Write", exact: true }).click();
  await hers.page.getByLabel("The question, for both of you").fill("Which song did we whistle on the ferry?");
  await save(hers);
  await swapOver(hers, his);
  for (const [phone, words] of [
    [hers, "the one about the moon"],
    [his, "something in a minor key"],
  ]) {
    await goTo(phone, "Today");
    const asked = phone.page.locator("section", { has: phone.page.locator("#today-question") });
    await asked.getByText("Which song did we whistle on the ferry?").waitFor();
    assert.match(await asked.innerText(), /Yours, by Ana/);
    await asked.getByRole("link", { name: "Write your answer" }).click();
    await phone.page.locator(".about-title", { hasText: "Which song did we whistle" }).waitFor();
    assert.equal(await phone.page.getByRole("radio", { name: "Sealed until both have answered" }).isChecked(), true);
    await phone.page.locator("#words").fill(words);
    await save(phone);
    // Answered, it makes room for the week's.
    await goTo(phone, "Today");
    await asked.locator(".question").waitFor();
    assert.doesNotMatch(await asked.innerText(), /ferry/);
  }
  await goTo(hers, "Log");
  assert.doesNotMatch(await hers.page.locator("main").innerText(), /minor key/);
  await swapOver(his, hers);
  await swapOver(hers, his);
  for (const phone of [hers, his]) {
    await goTo(phone, "Log");
    await card(phone, "the one about the moon").waitFor();
    await card(phone, "something in a minor key").waitFor();
  }
  await goTo(his, "Guide");
  await his.page.getByRole("searchbox").fill("ferry");
  await his.page.getByRole("link", { name: "Which song did we whistle on the ferry?" }).waitFor();
});
