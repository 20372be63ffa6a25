// The keepsake book: what is in it and what is not, on paper and as files that need no app.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { pairedPhones } from "./lib/pair.mjs";
import { give, heading, introduce, open, save, take, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");

/** The addresses that each page of a PDF links to. Chromium writes pages and links as plain text. */
function linksByPage(pdf) {
  const text = pdf.toString("latin1");
  const links = new Map([...text.matchAll(/(\d+) 0 obj\s*<<\/Type \/Annot\b[^]*?\/URI \((.*?)\)/g)].map(([, id, address]) => [id, address]));
  return [...text.matchAll(/\/Type \/Page\b[^]*?endobj/g)].map(([page]) => {
    const ids = page.match(/\/Annots \[(.*?)\]/)?.[1].match(/\d+(?= 0 R)/g) ?? [];
    return ids.map((id) => links.get(id));
  });
}

async function saved(page, name) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  return readFile(await (await download).path(), "utf8");
}

test("the book holds both voices, and neither what is sealed nor what is only mine unless its writer asks", async (t) => {
  const { hers, his } = await pairedPhones(t, { hers: "hers: <b>soup</b> & *leeks*", his: "his: table tennis" });
  const { page } = his;
  await page.evaluate(() => (location.hash = "#/new/letter"));
  await page.locator("form.write").waitFor();
  await page.locator("#words").fill("sealed zebra");
  await page.getByLabel("Opens on").fill("2099-01-01");
  await save(his);
  await take(hers, await give(his), { accept: true });
  await hers.page.evaluate(() => (location.hash = "#/write"));
  await heading(hers, "Write");
  await hers.page.locator("#words").fill("only hers, a heron");
  await hers.page.getByRole("radio", { name: "Only me" }).check();
  await save(hers);

  await hers.page.evaluate(() => (location.hash = "#/book"));
  await heading(hers, "The book");
  await hers.page.locator(".book-entry").nth(1).waitFor();
  const texts = {
    shown: await hers.page.locator(".book").innerText(),
    page: await saved(hers.page, "Save as a page with photos"),
    text: await saved(hers.page, "Save as plain text"),
  };
  for (const [where, text] of Object.entries(texts)) {
    assert.match(text, /table tennis/, where);
    assert.doesNotMatch(text, /zebra|heron/, where);
  }
  assert.ok(texts.page.includes("hers: &lt;b&gt;soup&lt;/b&gt; &amp; *leeks*"));
  assert.ok(texts.text.includes("hers: \\<b\\>soup\\</b\\> \\& \\*leeks\\*"));
  // Her own book has what is only hers, and no envelope of his.
  await hers.page.getByLabel("My own book: also what is only mine").evaluate((box) => box.click());
  await hers.page.getByText("only hers, a heron").waitFor();
  assert.doesNotMatch(await saved(hers.page, "Save as plain text"), /zebra/);
  // What is left out is in no file.
  const entries = await hers.page.locator(".book-entry").count();
  await hers.page.locator(".book-entry", { hasText: "table tennis" }).getByRole("button", { name: "Leave out" }).click();
  await hers.page.waitForFunction((n) => document.querySelectorAll(".book-entry").length === n, entries - 1);
  assert.doesNotMatch(await saved(hers.page, "Save as plain text"), /table tennis/);
});

test("on paper there is the book and nothing else, and no entry is cut in two", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "first", { who: HER });
  for (let n = 0; n < 8; n++) await write(phone, `A day like others, number ${n}. `.repeat(12));
  await page.evaluate(() => (location.hash = "#/book"));
  await page.locator(".book-entry").nth(8).waitFor();
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".bar", ".top", ".book-acts", ".book-entry button"]) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  // A link before the first letter of each entry and one after its last: in print it is known on which page they are.
  await page.locator(".book-entry").evaluateAll((entries) =>
    entries.forEach((entry, n) => {
      const link = (end) => Object.assign(document.createElement("a"), { href: `https://${end}.invalid/${n}`, textContent: "." });
      entry.prepend(link("first"));
      entry.append(link("last"));
    }),
  );
  const pages = linksByPage(await page.pdf({ format: "A5" }));
  assert.ok(pages.length >= 4 && pages.length <= 10, `${pages.length} pages`);
  const pageOf = (link) => pages.findIndex((links) => links.includes(link));
  for (let n = 0; n < 9; n++) {
    const [first, last] = [pageOf(`https://first.invalid/${n}`), pageOf(`https://last.invalid/${n}`)];
    assert.ok(first > 0, `entry ${n} is on no page, or beside the title`);
    assert.equal(last, first, `entry ${n} begins on page ${first + 1} and ends on page ${last + 1}`);
  }
});

test("everything on this phone can be erased, once one has typed it", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "gone for good", { who: HER });
  await page.evaluate(() => (location.hash = "#/us"));
  await page.locator("summary", { hasText: "Erase everything here" }).click();
  const erase = page.getByRole("button", { name: "Erase everything on this phone" });
  assert.ok(await erase.isDisabled());
  await page.locator("#us-erase").fill("erase");
  await Promise.all([page.waitForEvent("load"), erase.click()]);
  await page.evaluate(() => (location.hash = "#/log"));
  await page.getByText("Nothing here yet.").waitFor();
  const keys = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft") || key.includes("erase")));
  assert.deepEqual(keys, []);
});
