// Pairing: by text, taken back, refused; a third phone; one that is gone; one that was lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { piped, secretsOf, identityOf } from "./lib/age.mjs";
import { newPhone } from "./lib/browser.mjs";
import { newCard } from "./lib/card.mjs";
import { stored } from "./lib/database.mjs";
import { cardOf, give, goTo, goToPairing, introduce, meet, open, pair, sayYes, take, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";
import { writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";

const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Mum");

async function phones(t, count = 2) {
  const server = await newServer(t);
  const all = [];
  for (let n = 0; n < count; n++) all.push(await newPhone(t));
  for (const phone of all) await open(phone, server);
  return all;
}

const sorted = async (phone) => (await timeline(phone)).sort();

test("a pairing changes nothing until yes is said, and can be taken back until the first swap", async (t) => {
  const [hers, his] = await phones(t);
  await write(hers, "hers", { who: HER });
  await write(his, "his", { who: HIM });
  const before = await stored(hers.page);
  await goToPairing(hers);
  await goToPairing(his);
  const { said, words } = await meet(hers, await cardOf(his));
  assert.match(said, /The phone of Tom[^]*Your two logs become one[^]*1 entry is there/);
  assert.equal(words.length, 12);
  await hers.page.getByRole("button", { name: "They are not" }).click();
  await hers.page.getByText("Nothing was changed. If the words").waitFor();
  assert.deepEqual(await stored(hers.page), before);
  await pair(hers, his);
  await hers.page.locator("summary", { hasText: "Your phones" }).click();
  await hers.page.getByText(/Tom: known since/).waitFor();
  await hers.page.getByRole("button", { name: "Take the pairing back" }).click();
  await hers.page.getByText("Taken back. The logs are two again.").waitFor();
  assert.deepEqual(await stored(hers.page), before);
  // And once more: from the first file on it is for good.
  await goToPairing(hers);
  await meet(hers, await (async () => { await goToPairing(his); return cardOf(his); })());
  await sayYes(hers);
  await give(hers);
  await hers.page.locator("summary", { hasText: "Your phones" }).click();
  await hers.page.getByText(/Tom: known since/).waitFor();
  assert.equal(await hers.page.getByRole("button", { name: "Take the pairing back" }).count(), 0);
});

test("what is no code, a damaged one, the own one, a stranger's and one with another key are each told", async (t) => {
  const [hers, his] = await phones(t);
  await write(hers, "hers", { who: HER });
  await goToPairing(hers);
  const own = await cardOf(hers);
  const refused = async (text, words) => {
    await goTo(hers, "Log");
    await goToPairing(hers);
    await hers.page.locator("summary", { hasText: "Or paste the other phone's code" }).click();
    await hers.page.locator("#their-card").fill(text);
    await hers.page.getByRole("button", { name: "Read the code" }).click();
    await hers.page.locator("#pair, .card").getByText(words).first().waitFor();
    assert.equal(await hers.page.getByRole("button", { name: "They are the same" }).count(), 0);
  };
  const before = await stored(hers.page);
  await refused("https://example.org/", /not a pairing code of Bothways/);
  await refused(own.slice(0, -9), /not whole/);
  await refused(own, /the code of this very phone/);
  await refused(newCard({ member: "mother", isNew: false }), /Both phones say they belong to the mother/);
  await refused(newCard({ origins: [Buffer.alloc(16, 1), Buffer.alloc(16, 2)], isNew: false }), /keeps a log with somebody else/);
  assert.deepEqual(await stored(hers.page), before);
  // Paired with a phone; then one comes that says it is that phone, with other keys.
  const device = Buffer.alloc(16, 9);
  await goTo(hers, "Log");
  await goToPairing(hers);
  await meet(hers, newCard({ device, name: "Tom" }));
  await sayYes(hers);
  const paired = await stored(hers.page);
  await refused(newCard({ device, name: "Tom" }), /its key is another/);
  assert.deepEqual(await stored(hers.page), paired);
  assert.deepEqual([...hers.errors, ...his.errors], []);
});

test("his tablet joins, all three end equal, and nothing is sealed for it once it is gone", async (t) => {
  const [hers, his, tablet] = await phones(t, 3);
  await write(hers, "hers", { who: HER });
  await write(his, "his", { who: HIM });
  await pair(hers, his);
  await take(his, await give(hers), { accept: true });
  await take(hers, await give(his), { accept: true });
  const [onHis, onTablet] = await pair(his, tablet, { who: [, HIM] });
  assert.match(onHis.said, /It is new, and begins with this log/);
  assert.match(onTablet.said, /This phone is new, and begins with the log of that one/);
  await take(tablet, await give(his), { accept: true });
  assert.deepEqual(await sorted(tablet), ["hers", "his"]);
  await write(tablet, "on the tablet");
  // She has never seen it. His word for it comes along, and her next file is for it, too.
  const first = await take(hers, await give(tablet), { accept: true });
  assert.match(first, /1 new entry/);
  assert.doesNotMatch(first, /Nobody has signed/);
  await write(hers, "hers again");
  const file = await give(hers);
  await take(tablet, file, { accept: true });
  await take(his, file, { accept: true });
  for (const phone of [hers, his, tablet]) assert.deepEqual(await sorted(phone), ["hers", "hers again", "his", "on the tablet"]);
  // The tablet is gone: he says so, and she hears it with his next file.
  await goTo(his, "Swap");
  await his.page.locator("summary", { hasText: "Your phones" }).click();
  await his.page.locator("li", { hasText: "Tom: known since" }).getByRole("button", { name: "It is gone" }).click();
  await his.page.getByText("Nothing is sealed for that phone from now on.").waitFor();
  await write(his, "without the tablet");
  const without = await give(his);
  assert.match(await take(tablet, without), /sealed for other phones/);
  await take(hers, without, { accept: true });
  assert.match(await take(tablet, await give(hers)), /sealed for other phones/);
  assert.deepEqual(await sorted(hers), await sorted(his));
  for (const phone of [hers, his, tablet]) assert.deepEqual([...phone.errors], []);
});

test("a lost phone comes back from the other's log alone, and both swap on", async (t) => {
  const [hers, his, next] = await phones(t, 3);
  await write(hers, "hers", { who: HER });
  await write(his, "his", { who: HIM });
  await pair(hers, his);
  await take(his, await give(hers), { accept: true });
  await take(hers, await give(his), { accept: true });
  await hers.context.close();
  const [, onHis] = await pair(next, his, { who: [HER] });
  assert.match(onHis.said, /You know another phone of Ana already/);
  await take(next, await give(his), { accept: true });
  assert.deepEqual(await sorted(next), ["hers", "his"]);
  await write(next, "hers again");
  assert.match(await take(his, await give(next), { accept: true }), /1 new entry/);
  await write(his, "his again");
  const last = await take(next, await give(his), { accept: true });
  assert.match(last, /1 new entry/);
  assert.doesNotMatch(last, /neither in this file/);
  assert.deepEqual(await sorted(next), await sorted(his));
});

test("Debian's age opens a swap file with the phone's key, and its first line is the header", async (t) => {
  const [hers] = await phones(t, 1);
  await write(hers, "hers", { who: HER });
  const { path } = await give(hers);
  const key = join(scratch("key"), "key.txt");
  writeFileSync(key, `${identityOf((await secretsOf(hers))[0])}\n`);
  const inner = gunzipSync(piped("age", ["-d", "-i", key, path])).toString();
  const header = JSON.parse(inner.split("\n")[0]);
  assert.deepEqual([header.type, header.format], ["header", "bothways/swap"]);
});
