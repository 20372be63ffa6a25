// The browser is killed at random moments of writing and of taking a file in. BOTHWAYS_KILLS sets how often;
// BOTHWAYS_SEED makes the same moments again.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { bigLog, dice } from "./lib/biglog.mjs";
import { openPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { give, goTo, introduce, open, take, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const KILLS = Number(process.env.BOTHWAYS_KILLS ?? 5);
const SEED = Number(process.env.BOTHWAYS_SEED ?? 1);
const ENTRIES_IN_A_FILE = 150;
const DONE = "Done. This phone now holds what the file brought.";

test(`killed ${KILLS} times at random moments of writing and taking in: what was called saved is there`, async (t) => {
  const server = await newServer(t);
  const profile = scratch("random-kills");
  const folder = scratch("files");
  const roll = dice(SEED);
  const saved = [];
  const taken = [];

  const file = (n) => {
    const path = join(folder, `${n}.txt`);
    writeFileSync(path, bigLog({ count: ENTRIES_IN_A_FILE, phone: n + 2 }));
    return { path };
  };
  let phone = await openPhone({ profile });
  await open(phone, server);
  await write(phone, "the first", { who: introduce("mother", "Ana", "Tom") });
  await take(phone, file(-1), { accept: true });
  await phone.close();
  saved.push("the first");
  taken.push(-1);

  const writing = async (n) => {
    for (let m = 0; ; m += 1) {
      await write(phone, `kill ${n}, entry ${m}`);
      saved.push(`kill ${n}, entry ${m}`);
    }
  };
  const taking = async (n, begun) => {
    await goTo(phone, "Swap");
    const chosen = phone.page.waitForEvent("filechooser");
    await phone.page.getByText("Pick a file").click();
    await (await chosen).setFiles(file(n).path);
    await phone.page.getByRole("button", { name: "Take it in" }).click();
    begun();
    await phone.page.getByText(DONE).waitFor();
    taken.push(n);
  };
  for (let n = 0; n < KILLS; n += 1) {
    phone = await openPhone({ profile });
    await open(phone, server);
    const takes = n % 2 === 1;
    let began;
    const begun = new Promise((done) => (began = done));
    // What goes on when the browser dies fails, and is meant to.
    const going = (takes ? taking(n, began) : writing(n)).catch(() => began());
    if (takes) await begun;
    await new Promise((done) => setTimeout(done, roll() * (takes ? 500 : 1_500)));
    await phone.kill();
    await going;
  }

  phone = await openPhone({ profile });
  t.after(() => phone.close());
  await open(phone, server);
  await goTo(phone, "Us");
  // What the log says, as the swap file has it: in the database words are sealed.
  const lines = (await give(phone)).text.trim().split("\n").map((line) => JSON.parse(line));
  const records = await stored(phone.page, ["revisions", "bodies", "links", "index"]);
  const words = lines.filter((line) => line.type === "body").map((line) => JSON.parse(line.text).fields.words);
  for (const entry of saved) assert.ok(words.includes(entry), `lost: ${entry} (seed ${SEED})`);

  // Nothing is half: each revision has its body and its row, each file is there whole or not at all.
  const rows = records.index.filter(([key]) => key.includes("/row/"));
  const named = records.index.filter(([key]) => key.includes("/name/"));
  const told = records.revisions.length - named.length;
  assert.equal(records.bodies.length, records.revisions.length);
  assert.equal(rows.length, told);
  const devices = new Map();
  for (const [key] of records.links) {
    const device = key.split("/")[1];
    devices.set(device, (devices.get(device) ?? 0) + 1);
  }
  // The phone's own chain came with the file that was just made.
  const own = lines.find((line) => line.type === "header").from.device;
  const made = devices.get(own);
  devices.delete(own);
  assert.deepEqual(new Set(devices.values()), new Set([ENTRIES_IN_A_FILE]));
  // Nobody has signed what those files brought, so it is in no file of this phone's: only what was written here.
  assert.equal(words.length, made);
  assert.equal(records.bodies.length, made + devices.size * ENTRIES_IN_A_FILE);
  assert.ok(devices.size >= taken.length, `${devices.size} files are there, ${taken.length} were called taken in`);
  await goTo(phone, "Us");
  await phone.page.getByText(`${told} entries`).waitFor();
  console.log(`${saved.length} entries called saved, ${made} written; ` +
    `${taken.length} files called taken in, ${devices.size} there`);
});
