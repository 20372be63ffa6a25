// Leaving a pair: with the copy kept, or erased. Another pair on the phone, and the other phone, notice nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { cardOf, give, goTo, goToPairing, heading, introduce, meet, open, pair, sayYes, take, timeline, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const STORES = ["home", "revisions", "bodies", "links", "lines", "index", "drawer", "photos"];
const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Mum");

async function unfold(phone, name) {
  await goTo(phone, "Us");
  await phone.page.locator("summary", { hasText: name }).click();
}

const fresh = (phone, act) => Promise.all([phone.page.waitForEvent("load"), act()]);

/** Two phones that have swapped; and on hers a log with Jon beside it. */
async function twoPairs(t) {
  const server = await newServer(t);
  const [hers, toms] = [await newPhone(t), await newPhone(t)];
  for (const phone of [hers, toms]) await open(phone, server);
  await write(hers, "hers for Tom", { who: HER });
  await write(toms, "from Tom", { who: HIM });
  await pair(hers, toms);
  await take(hers, await give(toms), { accept: true });
  await take(toms, await give(hers), { accept: true });
  await goTo(hers, "Us");
  await fresh(hers, () => hers.page.getByRole("button", { name: "Begin another log" }).click());
  await write(hers, "hers for Jon", { who: introduce("mother", "Ana", "Jon") });
  await openLog(hers, "Ana and Tom");
  return { server, hers, toms };
}

async function openLog(phone, names) {
  await goTo(phone, "Us");
  await fresh(phone, () => phone.page.getByRole("button", { name: `Open the log of ${names}` }).click());
  await heading(phone, "Today");
}

async function everything(phone) {
  const all = await stored(phone.page, STORES);
  return Object.entries(all).flatMap(([store, records]) => records.map(([key, value]) => `${store} ${key} ${value instanceof Object ? "bytes" : value}`));
}

async function origins(phone) {
  const { home } = await stored(phone.page, ["home"]);
  return home.filter(([key]) => /^home/.test(key)).map(([, value]) => JSON.parse(value).origin);
}

test("who leaves and keeps the copy reads on, takes no file, and begins anew by pairing", async (t) => {
  const { hers, toms } = await twoPairs(t);
  const [, jons] = await origins(hers);
  const before = (await everything(hers)).filter((record) => record.includes(jons)).sort();
  await unfold(hers, "Leave the pair with Tom");
  const { page } = hers;
  await page.getByRole("button", { name: "Leave, and keep my copy" }).click();
  // One tap does nothing yet.
  assert.ok(!(await stored(page, ["home"])).home.some(([, value]) => value.includes('"left":true')));
  await page.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("button", { name: "Leave, and keep my copy" }).click();
  await page.getByRole("button", { name: "Leave the pair" }).click();
  await page.getByText("You have left the pair. Your copy stays here.").waitFor();
  assert.deepEqual((await timeline(hers)).sort(), ["from Tom", "hers for Tom"]);
  const kept = (await stored(page, ["home"])).home.map(([key]) => key);
  assert.ok(!kept.some((key) => /^(trust|heard|brought)\//.test(key)), `${kept}`);
  assert.deepEqual((await everything(hers)).filter((record) => record.includes(jons)).sort(), before, "the other pair was touched");

  await write(toms, "Tom goes on");
  const later = await give(toms);
  assert.match(await take(hers, later), /You have left this pair on this phone/);
  assert.deepEqual((await timeline(hers)).sort(), ["from Tom", "hers for Tom"]);
  // The room offers to pair, and no file.
  await goTo(hers, "Swap");
  await page.locator("#pair").waitFor();
  assert.equal(await page.locator("#give").count(), 0);
  await page.getByText("You have left this pair.").first().waitFor();
  await page.reload();
  assert.match(await take(hers, later), /You have left this pair on this phone/);

  // Anew: he has not forgotten her phone; hers takes his code again.
  await goToPairing(toms);
  const card = await cardOf(toms);
  await goToPairing(hers);
  await meet(hers, card);
  await sayYes(hers);
  await take(hers, later, { accept: true });
  assert.deepEqual((await timeline(hers)).sort(), ["Tom goes on", "from Tom", "hers for Tom"]);
  await write(hers, "and so does she");
  await take(toms, await give(hers), { accept: true });
  assert.ok((await timeline(toms)).includes("and so does she"));
});

test("who erases the own copy has nothing of it left, and the other pair and the other phone keep theirs", async (t) => {
  const { server, hers, toms } = await twoPairs(t);
  const { page } = hers;
  const [toms_, jons] = await origins(hers);
  await page.goto(`${server.url}#/write`);
  await page.locator("#words").fill("half a word to Tom");
  await page.waitForFunction((origin) => Object.keys(localStorage).some((key) => key.includes(`draft.${origin}`)), toms_);
  const before = (await everything(hers)).filter((record) => record.includes(jons)).sort();
  await unfold(hers, "Leave the pair with Tom");
  const button = page.getByRole("button", { name: "Erase this log from this phone" });
  assert.ok(await button.isDisabled());
  await page.locator("#us-erase-mine").fill("erase");
  await fresh(hers, () => button.click());
  await heading(hers, "Today");
  assert.deepEqual(await timeline(hers), ["hers for Jon"]);
  const after = await everything(hers);
  assert.deepEqual(after.filter((record) => record.includes(toms_)), []);
  assert.deepEqual(after.sort(), before);
  assert.ok(!(await page.evaluate((origin) => JSON.stringify(localStorage).includes(`draft.${origin}`), toms_)));
  await write(hers, "and on for Jon");
  assert.deepEqual((await timeline(toms)).sort(), ["from Tom", "hers for Tom"]);

  // The last one, too: the phone begins as a new one.
  await unfold(hers, "Leave the pair with Jon");
  await page.locator("#us-erase-mine").fill("erase");
  await fresh(hers, () => page.getByRole("button", { name: "Erase this log from this phone" }).click());
  assert.deepEqual((await timeline(hers)).filter((words) => words.includes("Jon")), []);
  assert.equal((await origins(hers)).length, 1);
  assert.ok(!(await everything(hers)).some((record) => record.includes(jons)));
});

test("a tab that shows a log which another tab erases starts again", async (t) => {
  const { server, hers } = await twoPairs(t);
  const other = await hers.context.newPage();
  await other.goto(`${server.url}#/log`);
  await other.getByText("hers for Tom").waitFor();
  await unfold(hers, "Leave the pair with Tom");
  await hers.page.locator("#us-erase-mine").fill("erase");
  const again = other.waitForEvent("load");
  await fresh(hers, () => hers.page.getByRole("button", { name: "Erase this log from this phone" }).click());
  await again;
  await other.goto(`${server.url}#/log`);
  await other.getByText("hers for Jon").waitFor();
  assert.equal(await other.getByText("hers for Tom").count(), 0);
});
