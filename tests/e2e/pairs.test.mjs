// A mother of two sons: two logs on one phone, and nothing of the one in the other. And one phone that both write on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { card, erase, give, goTo, heading, introduce, open, pair, take, timeline, write } from "./lib/phone.mjs";
import { sealed } from "./lib/forge.mjs";
import { newServer } from "./lib/server.mjs";

const STORES = ["home", "revisions", "bodies", "links", "lines", "index", "drawer", "photos"];

/** Begins another log and waits until it is shown. */
async function beginAnother(phone) {
  await goTo(phone, "Us");
  await Promise.all([
    phone.page.waitForEvent("load"),
    phone.page.getByRole("button", { name: "Begin another log" }).click(),
  ]);
  await heading(phone, "Today");
}

async function openLog(phone, names) {
  await goTo(phone, "Us");
  await Promise.all([
    phone.page.waitForEvent("load"),
    phone.page.getByRole("button", { name: `Open the log of ${names}` }).click(),
  ]);
  await heading(phone, "Today");
}

/** Everything that could name a pair: its origins, devices, entries, revisions, bodies and links. */
function idsIn(text) {
  return new Set(text.match(/\b[0-9a-f]{32}\b|\b[0-9a-f]{64}\b/g));
}

/** What the database keeps of each log, by its origin: all keys and values as one text. */
async function byLog(phone) {
  const homes = (await stored(phone.page, ["home"])).home.filter(([key]) => /^home/.test(key));
  const all = Object.values(await stored(phone.page, STORES)).flat().map(([key, value]) => `${key} ${value}`);
  return homes.map(([key, value]) => {
    const { origin, seed } = JSON.parse(value);
    const own = all.filter((record) => record.includes(origin) && !record.startsWith("home ") && !record.startsWith("home/"));
    // The seed is this installation's and no pair's: ids and keys follow from it and from the log's origin.
    return { origin, seed, home: JSON.stringify({ ...JSON.parse(value), seed: [] }), key, text: own.join("\n") };
  });
}

test("two logs on one phone know nothing of each other", async (t) => {
  const server = await newServer(t);
  const [hers, toms, jons] = [await newPhone(t), await newPhone(t), await newPhone(t)];
  for (const phone of [hers, toms, jons]) await open(phone, server);

  await write(hers, "for Tom only", { who: introduce("mother", "Ana", "Tom") });
  await write(toms, "from Tom", { who: introduce("son", "Tom", "Mum") });
  await pair(hers, toms);
  await take(toms, await give(hers), { accept: true });
  await take(hers, await give(toms), { accept: true });
  await erase(hers, "for Tom only");
  await write(hers, "also for Tom");

  await beginAnother(hers);
  assert.deepEqual(await timeline(hers), []);
  await write(hers, "for Jon only", { who: introduce("mother", "Ana", "Jon") });
  await hers.page.locator(".whose", { hasText: "Ana and Jon" }).waitFor();
  await write(jons, "from Jon", { who: introduce("son", "Jon", "Mum") });
  await pair(hers, jons);
  await take(hers, await give(jons), { accept: true });
  const forJon = await give(hers);
  await take(jons, forJon, { accept: true });
  assert.deepEqual((await timeline(jons)).sort(), ["for Jon only", "from Jon"]);

  // What is being written waits in the log it was begun in.
  await hers.page.goto(`${server.url}#/write`);
  await hers.page.locator("#words").fill("half a word to Jon");
  await openLog(hers, "Ana and Tom");
  await hers.page.locator(".whose", { hasText: "Ana and Tom" }).waitFor();
  await hers.page.goto(`${server.url}#/write`);
  assert.equal(await hers.page.locator("#words").inputValue(), "");
  assert.deepEqual((await timeline(hers)).sort(), ["also for Tom", "from Tom"]);
  // Jon's file is sealed for others here; and opened by somebody else, it is another pair's.
  assert.match(await take(hers, forJon), /sealed for other phones/);
  const bare = forJon.text.trimEnd().split("\n").slice(0, -1);
  assert.match(await take(hers, { name: "bare.txt", buffer: Buffer.from(sealed(bare)) }), /belongs to another pair/);
  const forTom = await give(hers);

  // No id of one pair is in the other's records or in its file, and no record belongs to neither.
  // (Marks and names have ids that follow from who and what they mark: the same in every log of the world.)
  const everybodys = new Set();
  for (const side of ["mother", "son"]) {
    const stranger = await newPhone(t);
    await open(stranger, server);
    await write(stranger, "somebody else", { who: introduce(side, "Eve", "Sam") });
    for (const id of idsIn((await give(stranger)).text)) everybodys.add(id);
  }
  const logs = await byLog(hers);
  assert.equal(logs.length, 2);
  for (const [log, file, other] of [[logs[0], forTom, logs[1]], [logs[1], forJon, logs[0]]]) {
    const own = idsIn(`${log.home} ${log.text}`);
    assert.ok(own.size > 10, `only ${own.size} ids found`);
    assert.ok([...idsIn(file.text)].filter((id) => own.has(id)).length > 5, "the file is not of this log");
    const others = idsIn(`${other.home} ${other.text}`);
    for (const id of [...others].filter((id) => !everybodys.has(id))) {
      assert.ok(!own.has(id), `${id} of another pair is in the records`);
      assert.ok(!file.text.includes(id), `${id} of another pair is in the file`);
    }
    for (const byte of [log.seed.map((n) => n.toString(16).padStart(2, "0")).join(""), JSON.stringify(log.seed)]) {
      assert.ok(!file.text.includes(byte), "the secret seed is in the file");
    }
  }
  const everything = Object.values(await stored(hers.page, STORES)).flat().map(([key]) => key);
  const stray = everything.filter((key) => !/^home/.test(key) && !logs.some((log) => key.includes(log.origin)));
  assert.deepEqual(stray, [], "a record belongs to no log");

  await openLog(hers, "Ana and Jon");
  await hers.page.goto(`${server.url}#/write`);
  await heading(hers, "Write");
  assert.equal(await hers.page.locator("#words").inputValue(), "half a word to Jon");
});

test("two tabs with different logs do not write into each other's", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await write(phone, "with Tom", { who: introduce("mother", "Ana", "Tom") });
  await beginAnother(phone);
  await write(phone, "with Jon", { who: introduce("mother", "Ana", "Jon") });
  const second = { ...phone, page: await phone.context.newPage() };
  await open(second, server);
  await openLog(second, "Ana and Tom");
  await write(phone, "with Jon again");
  await write(second, "with Tom again");
  assert.deepEqual(await timeline(phone), ["with Jon again", "with Jon"]);
  assert.deepEqual(await timeline(second), ["with Tom again", "with Tom"]);
  // And the file of each tab is of the log it shows.
  assert.match((await give(phone)).text, /with Jon again/);
  assert.match((await give(second)).text, /with Tom again/);
});

test("on one phone for two each says who is speaking", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await write(phone, "from the mother", { who: introduce("mother", "Ana", "Tom") });
  await goTo(phone, "Us");
  await phone.page.getByRole("checkbox", { name: "We both write on this phone" }).evaluate((box) => box.click());
  const speaker = phone.page.getByRole("group", { name: "Who is speaking?" });
  await speaker.getByRole("button", { name: "Tom" }).click();
  await write(phone, "from the son");
  await phone.page.locator(".entry-son", { hasText: "from the son" }).waitFor();
  // Each changes their own words only.
  assert.equal(await card(phone, "from the son").getByRole("link", { name: "Change", exact: true }).count(), 1);
  assert.equal(await card(phone, "from the mother").getByRole("link", { name: "Change", exact: true }).count(), 0);
  await speaker.getByRole("button", { name: "Ana" }).click();
  await card(phone, "from the mother").getByRole("link", { name: "Change", exact: true }).waitFor();
  assert.equal(await card(phone, "from the son").getByRole("link", { name: "Change", exact: true }).count(), 0);

  // After a fresh start nobody is speaking until somebody says so.
  await phone.page.reload();
  await phone.page.goto(`${server.url}#/write`);
  await phone.page.locator("#words").fill("whose words?");
  await phone.page.getByRole("button", { name: "Save", exact: true }).click();
  await phone.page.getByText("Say first, at the top, who of you is speaking.").waitFor();
  await speaker.getByRole("button", { name: "Tom" }).click();
  await phone.page.getByRole("button", { name: "Save", exact: true }).click();
  await phone.page.locator(".entry-son", { hasText: "whose words?" }).waitFor();

  // The son's own phone, set up as his, takes it all in, and both go on as one log.
  const his = await newPhone(t);
  await open(his, server);
  await pair(phone, his, { who: [, introduce("son", "Tom", "Mum")] });
  await write(his, "on his own phone");
  assert.match(await take(his, await give(phone), { accept: true }), /3 new entries/);
  assert.match(await take(phone, await give(his), { accept: true }), /1 new entry/);
});
