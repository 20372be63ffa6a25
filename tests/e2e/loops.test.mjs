// Each theme does something: from its chapter to a practice, an idea or a question, to an entry, over a swap to the other,
// back with a reply, and found again by search and in the month.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pairedPhones } from "./lib/pair.mjs";
import { card, give, goTo, heading, save, take } from "./lib/phone.mjs";

/** What each theme keeps, beside moments about its practices and ideas: a kind of entry, and what its form asks for. */
const THEMES = {
  needs: { kind: "Good news" },
  connection: { kind: "Thank you" },
  talking: { kind: "Putting it right", fill: { "What I need": "ten minutes" }, share: true },
  boundaries: { kind: "An agreement", fill: { "What we try": "no phones at supper" } },
  change: { kind: "A thing we always do", fill: { "When it comes round": "on Sundays" } },
  legacy: { kind: "A story" },
  feelings: { kind: "How I am", feeling: "Calm" },
  learning: { kind: "Teach me", choose: "Show me" },
  "own-feet": { kind: "He leads", choose: "Together" },
};

/** An entry under the question, the idea or the practice a page leads to: the link there opens the form about it. */
async function writeFrom({ page }, link, words) {
  await link.click();
  await page.locator("form.write .about-title").waitFor();
  await page.locator("#words").fill(words);
}

/** It is found by its words, and its day in the month leads to it. */
async function isFound(phone, word, words) {
  const { page } = phone;
  await goTo(phone, "Log");
  await page.getByRole("searchbox").fill(word);
  // A reply to it quotes it.
  await card(phone, words).first().waitFor();
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: "Month", exact: true }).click();
  await page.locator(".month-marked").last().click();
  await card(phone, words).first().waitFor();
}

async function answered(hers, his, words, reply) {
  await take(his, await give(hers), { accept: true });
  await goTo(his, "Log");
  await card(his, words).getByRole("link", { name: "Reply" }).click();
  await his.page.getByRole("radio", { name: "I am glad with you" }).check();
  await his.page.locator("#words").fill(reply);
  await save(his);
  await take(hers, await give(his), { accept: true });
  await goTo(hers, "Log");
  await card(hers, reply).getByText("In reply to Ana:").waitFor();
}

for (const [theme, { kind, fill = {}, feeling, choose, share }] of Object.entries(THEMES)) {
  test(`${theme}: chapter, practice, idea, what it keeps, swap, reply, found again`, async (t) => {
    const { hers, his } = await pairedPhones(t);
    const { page } = hers;
    const chapter = async () => {
      await page.evaluate((theme) => (location.hash = `#/guide/${theme}`), theme);
      await page.locator(".card-try").first().waitFor();
    };
    // The practice, with its own first line.
    await chapter();
    await writeFrom(hers, page.locator(".card-try a").first(), `tried it: ${theme}`);
    await save(hers);
    // An idea the chapter leads to: done, with its line.
    await chapter();
    await page.locator("h2:text-is('Ideas that fit') + ul a").first().click();
    await writeFrom(hers, page.getByRole("link", { name: "We did it" }), `did it: ${theme}`);
    await save(hers);
    // What the theme keeps.
    await chapter();
    await page.locator("h2:text-is('Keep') + ul").getByRole("link", { name: kind, exact: true }).click();
    await page.locator("form.write").waitFor();
    const words = `kept of ${theme} zebra`;
    if (choose) await page.getByRole("radio", { name: choose, exact: true }).check();
    if (feeling) await page.getByRole("radio", { name: feeling, exact: true }).check();
    await page.locator("#words").fill(words);
    for (const [label, text] of Object.entries(fill)) await page.getByLabel(label).fill(text);
    if (share) await page.getByRole("radio", { name: "Both of us" }).check();
    await save(hers);
    assert.match(await card(hers, words).innerText(), new RegExp(`${kind}[^]*${Object.values(fill).join("[^]*")}`));
    await answered(hers, his, words, `back to you about ${theme}`);
    await isFound(his, "zebra", words);
    await isFound(hers, "back", `back to you about ${theme}`);
    // Both threads of the theme are strong once he has written of it too: for now hers is.
    await page.evaluate(() => (location.hash = "#/both"));
    await heading(hers, "Both ways");
    await page.locator(".thread.hers.strong").first().waitFor();
  });
}

test("a question people ask: answer, question for both, sealed until both have answered, opened, found again", async (t) => {
  const { hers, his } = await pairedPhones(t);
  const ask = async (phone, words) => {
    await goTo(phone, "Guide");
    await phone.page.evaluate(() => (location.hash = "#/answers/ask-fine"));
    const question = phone.page.locator("h2:text-is('Questions for both') + ul a").first();
    await writeFrom(phone, question, words);
    await save(phone);
  };
  await ask(hers, "her answer, a heron");
  await take(his, await give(hers), { accept: true });
  await goTo(his, "Today");
  await his.page.getByRole("heading", { name: "What waits" }).waitFor();
  assert.ok(!(await his.page.locator("main").innerText()).includes("heron"));
  await ask(his, "his answer, a kite");
  await goTo(his, "Log");
  await card(his, "a heron").waitFor();
  await take(hers, await give(his), { accept: true });
  await isFound(hers, "kite", "his answer, a kite");
});
