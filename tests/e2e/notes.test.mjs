// Notes and marks in a chapter, reading it as somebody else, and what is let rest: each for the one who did it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { pairedPhones } from "./lib/pair.mjs";
import { card, give, goTo, heading, introduce, open, take, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");

async function onePhone(t) {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await write(phone, "first", { who: HER });
  return { phone, server };
}

async function openChapter({ page }, id) {
  await page.evaluate((id) => (location.hash = `#/guide/${id}`), id);
  await page.getByRole("button", { name: "Mark or note" }).waitFor();
}

/** Opens the form by the first paragraph of the chapter; gives the paragraph's words. */
async function markFirst({ page }) {
  await page.getByRole("button", { name: "Mark or note" }).click();
  const passage = page.locator(".passage").first();
  const words = await passage.locator("p, ul").first().innerText();
  await passage.getByRole("link", { name: "Mark this, or keep a line" }).click();
  await page.locator("form.write .passage-quote").waitFor();
  return words;
}

async function keep({ page }) {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved on this phone.").waitFor();
  await page.locator(".passage-marked").first().waitFor();
}

test("a paragraph is marked without a word, for its reader alone, and the mark is there again", async (t) => {
  const { phone } = await onePhone(t);
  const { page } = phone;
  await openChapter(phone, "needs");
  const words = await markFirst(phone);
  assert.equal(await page.getByRole("radio", { name: "Only me" }).isChecked(), true);
  await keep(phone);
  assert.equal(await page.locator(".passage-marked").count(), 1);
  assert.equal(await page.locator(".passage-marked").first().innerText(), words);
  await page.locator("summary", { hasText: "Kept here: 1" }).click();
  await page.locator(".beside .passage-quote").waitFor();
  // It is in the drawer and in no file.
  const { text } = await give(phone);
  assert.doesNotMatch(text, /passage/);
  await openChapter(phone, "talking");
  assert.equal(await page.locator(".passage-marked").count(), 0);
  await page.reload();
  await openChapter(phone, "needs");
  await page.locator(".passage-marked").waitFor();
});

test("a note that was left unwritten leaves nothing behind in the next entry", async (t) => {
  const { phone } = await onePhone(t);
  const { page } = phone;
  await openChapter(phone, "needs");
  await markFirst(phone);
  await goTo(phone, "Log");
  await page.getByRole("link", { name: "Write", exact: true }).click();
  await page.locator("form.write").waitFor();
  assert.equal(await page.locator("form.write .passage-quote").count(), 0);
  assert.equal(await page.getByRole("radio", { name: "Both of us" }).isChecked(), true);
});

test("a note that is shared becomes an entry that names the chapter, on both phones", async (t) => {
  const { hers, his } = await pairedPhones(t);
  await openChapter(hers, "needs");
  const words = await markFirst(hers);
  await hers.page.locator("#words").fill("this is us on Tuesdays");
  await keep(hers);
  await hers.page.locator("summary", { hasText: "Kept here: 1" }).click();
  await hers.page.locator(".beside .note").getByRole("link", { name: "Change" }).click();
  await hers.page.getByRole("radio", { name: "Both of us" }).check();
  await keep(hers);
  await take(his, await give(hers), { accept: true });
  await goTo(his, "Log");
  const entry = card(his, "this is us on Tuesdays");
  assert.ok(words.startsWith((await entry.locator(".passage-quote").innerText()).slice(0, 80)));
  await entry.locator("a.tag-link").click();
  await his.page.locator(".passage-marked").waitFor();
  await his.page.locator("summary", { hasText: "Kept here: 1" }).click();
  await his.page.locator(".beside article.entry", { hasText: "this is us on Tuesdays" }).waitFor();
});

test("a chapter is read for another stage and as the other, and nothing of the settings changes", async (t) => {
  const { phone } = await onePhone(t);
  const { page } = phone;
  await goTo(phone, "Us");
  await page.getByLabel("His age").selectOption({ label: "Little, 3 to 6" }).catch(() => page.locator("main select").first().selectOption("little"));
  await openChapter(phone, "needs");
  const openStages = () => page.locator("details.fold[open] > summary").allTextContents();
  const before = await openStages();
  assert.equal(before.length, 1);
  const questions = () => page.locator("h2:text-is('Questions for both') + ul .card-title").count();
  const all = await questions();
  await page.locator("summary", { hasText: "Read it as" }).click();
  await page.getByLabel("For the age").selectOption("grown");
  await page.waitForFunction((before) => {
    const open = [...document.querySelectorAll("details.fold[open] > summary")].map((it) => it.textContent);
    return !open.includes(before);
  }, before[0]);
  const grown = await questions();
  assert.ok(grown > 0 && grown <= all);
  await page.getByLabel("With the eyes of").selectOption({ label: "Tom" });
  // It holds for the next chapter, and is gone with the next start.
  await page.evaluate(() => (location.hash = "#/guide/talking"));
  await page.locator("summary", { hasText: "Read it as" }).getByText("Grown").waitFor();
  const { home } = await stored(page, ["home"]);
  assert.match(JSON.stringify(home), /little/);
  await page.reload();
  await openChapter(phone, "needs");
  assert.deepEqual(await openStages(), before);
});

test("what mentions a name, and what is of a time, does not come up until it is let", async (t) => {
  const { phone } = await onePhone(t);
  const { page } = phone;
  await write(phone, "the lake with Ben");
  await write(phone, "the soup alone");
  const today = await page.evaluate(() => {
    const now = new Date();
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  });
  // A year later.
  await page.clock.install({ time: new Date(`${Number(today.slice(0, 4)) + 1}${today.slice(4)}T12:00:00`) });
  await page.reload();
  const comesUp = async (words, is) => {
    await goTo(phone, "Today");
    const shown = page.locator("section[aria-labelledby=today-once] article", { hasText: words });
    await shown.waitFor({ state: is ? "visible" : "detached" });
  };
  await comesUp("the lake with Ben", true);
  await page.getByRole("link", { name: "Let a time or a person rest" }).click();
  await heading(phone, "Us");
  const rest = page.locator("#resting");
  await rest.locator("summary", { hasText: "A person or a word" }).click();
  await page.getByLabel("Memories that mention").fill("ben");
  await rest.getByRole("button", { name: "Let it rest" }).click();
  await page.getByText("It rests.").waitFor();
  await comesUp("the soup alone", true);
  await comesUp("the lake with Ben", false);
  // Nothing of it can be read in the browser's small storage.
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.match(kept, /resting/);
  assert.doesNotMatch(kept, /"ben"|\\"ben/);
  await goTo(phone, "Us");
  await page.getByRole("button", { name: "No longer: ben" }).click();
  await comesUp("the lake with Ben", true);

  await goTo(phone, "Us");
  await rest.locator("summary", { hasText: "A time" }).click();
  await page.getByLabel("From", { exact: true }).fill(today);
  await page.getByLabel("To", { exact: true }).fill(today);
  await rest.getByRole("button", { name: "Let it rest" }).click();
  await page.getByText("It rests.").waitFor();
  await comesUp("the lake with Ben", false);
  await comesUp("the soup alone", false);
  // It stays in the log.
  await goTo(phone, "Log");
  await card(phone, "the soup alone").waitFor();
});
