// What was erased is gone: from the files the browser keeps, from later exports, and for an older file that still
// holds it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { erase, give, goTo, introduce, open, take, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const UNDO_MS = 10_000;

/** The files of a profile in which a word stands, in either of the spellings a browser stores. */
function filesWith(profile, word) {
  const spellings = [Buffer.from(word, "latin1"), Buffer.from(word, "utf16le")];
  return readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath ?? file.path, file.name))
    .filter((path) => {
      try {
        const bytes = readFileSync(path);
        return spellings.some((spelling) => bytes.includes(spelling));
      } catch {
        return false; // the browser took it away meanwhile
      }
    })
    .map((path) => path.slice(profile.length));
}

test("erased words stand in no file of the browser and in no later export, and an older file does not bring them back", async (t) => {
  const server = await newServer(t);
  const profile = scratch("erased");
  let phone = await openPhone({ profile });
  await open(phone, server);
  await write(phone, "the zebrafinch secret", { who: introduce("mother", "Ana", "Tom") });
  await write(phone, "this one stays");
  // A draft that was given up is as good as erased.
  await phone.page.goto(`${server.url}#/write`);
  await phone.page.locator("#words").pressSequentially("the hummingbird draft", { delay: 20 });
  await phone.page.waitForTimeout(6_000); // Chromium brings local storage to the disk after some seconds
  await phone.page.locator("#words").fill("");
  const older = await give(phone);
  assert.match(older.text, /zebrafinch/);

  await erase(phone, "zebrafinch");
  await phone.page.waitForTimeout(UNDO_MS + 2_000);
  const records = JSON.stringify(await stored(phone.page, ["home", "revisions", "bodies", "links", "lines", "index"]));
  assert.ok(!records.includes("zebrafinch"));
  assert.doesNotMatch((await give(phone)).text, /zebrafinch/);
  await take(phone, older);
  await goTo(phone, "Swap");
  await phone.close();
  // Closed, so that everything the browser had in memory is on the disk. (Downloads are the person's own files.)
  const inIts = (word) => filesWith(profile, word).filter((path) => !path.includes("/Cache/"));
  assert.deepEqual(inIts("zebrafinch"), []);
  assert.deepEqual(inIts("hummingbird"), []);

  phone = await openPhone({ profile });
  t.after(() => phone.close());
  await open(phone, server);
  assert.deepEqual(await timeline(phone), ["this one stays"]);
});
