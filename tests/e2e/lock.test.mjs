// The lock of "only me": with the passphrase all of it is there, without it nothing is, wherever one looks.
import assert from "node:assert/strict";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openedWithPhrase } from "./lib/age.mjs";
import { lookInside, makeBackup, restoreIt } from "./lib/backup.mjs";
import { newPhone, openPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { goTo, heading, introduce, open, save, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const PHRASE = "Zo\u00eb's kettle is on";
const OTHER = "seven green bicycles";

async function writeAlone(phone, words) {
  const { page } = phone;
  await goTo(phone, "Log");
  await page.getByRole("link", { name: "Write", exact: true }).click();
  await heading(phone, "Write");
  await page.getByRole("radio", { name: "Only me" }).check();
  await page.locator("#words").fill(words);
  await save(phone);
}

const section = ({ page }) => page.locator("section[aria-labelledby=only-me]");

async function unfold(phone, name) {
  await goTo(phone, "Us");
  await section(phone).waitFor();
  const fold = section(phone).locator("details", { hasText: name });
  await fold.waitFor();
  if (!(await fold.evaluate((it) => it.open))) await fold.locator("summary").click();
}

/** As a keyboard writes it that puts an accent behind its letter. */
const typed = (phrase) => phrase.normalize("NFD");

async function setLock(phone, phrase, again = phrase) {
  await unfold(phone, "Lock it with a passphrase");
  await phone.page.locator("#lock-set-new").fill(typed(phrase));
  await phone.page.locator("#lock-set-again").fill(typed(again));
  await phone.page.getByRole("button", { name: "Lock it", exact: true }).click();
}

async function openIt(phone, phrase) {
  await goTo(phone, "Us");
  await phone.page.locator("#lock-open-phrase").fill(typed(phrase));
  await phone.page.getByRole("button", { name: "Open it", exact: true }).click();
}

const isOpen = (phone) => section(phone).getByRole("button", { name: "Shut it now" }).waitFor({ timeout: 60_000 });
const isShut = (phone) => section(phone).locator("#lock-open-phrase").waitFor({ timeout: 60_000 });

/** What lies in the drawer, as the log shows it; none where it says that it is locked. */
async function drawer(phone) {
  const { page } = phone;
  await goTo(phone, "Log");
  await page.locator("details", { hasText: "Only me" }).or(page.getByText("What you keep to yourself is locked.")).first().waitFor();
  return (await page.locator("article.note .entry-words").allTextContents()).sort();
}

/** Everything the browser keeps, deciphered as far as the phone's own key goes, as one text. */
async function kept(page) {
  return page.evaluate(async () => {
    const database = await new Promise((done) => (indexedDB.open("bothways").onsuccess = (event) => done(event.target.result)));
    const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const name of database.objectStoreNames) {
      if (name === "content") continue;
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()].map((r) => new Promise((done) => (r.onsuccess = () => done(r.result)))));
      values.forEach((value, at) => all.push(keys[at], value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : String(value)));
    }
    database.close();
    return all.join("\n");
  });
}

async function notesOf(page) {
  const { drawer } = await stored(page, ["drawer"]);
  return drawer.map(([key]) => key.split("/")[1]);
}

test("a lock is set, shut, opened, changed and taken away", { timeout: 300_000 }, async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "for both", { who: HER });
  await writeAlone(phone, "a heron in my secret");
  await writeAlone(phone, "an owl in it, too");

  await setLock(phone, PHRASE, "the kettle is off");
  await page.getByText("The two are not the same. Nothing was changed.").waitFor();
  await page.locator("#lock-set-new").fill("short");
  await page.locator("#lock-set-again").fill("short");
  await page.getByRole("button", { name: "Lock it", exact: true }).click();
  await page.getByText("A passphrase has 8 to 200 characters.").waitFor();
  assert.deepEqual(new Set(await notesOf(page)), new Set(["note"]));
  await setLock(phone, PHRASE);
  await isOpen(phone);
  assert.deepEqual(await drawer(phone), ["a heron in my secret", "an owl in it, too"]);
  assert.deepEqual(new Set(await notesOf(page)), new Set(["lock", "sealed"]), "something lies there without the lock");

  // A new start shuts it.
  await page.reload();
  assert.deepEqual(await drawer(phone), []);
  await page.getByText("What you keep to yourself is locked.").waitFor();
  const everything = await kept(page);
  assert.ok(!/heron|owl|kettle/.test(everything));
  // Neither the search nor the book finds it.
  await page.goto(`${server.url}#/book`);
  assert.equal(await page.getByText("heron").count(), 0);
  await openIt(phone, "the kettle is off");
  await page.getByText("This passphrase does not open it. Nothing was changed.").waitFor({ timeout: 60_000 });
  assert.equal(await kept(page), everything);

  // What is written while it is shut goes under the lock.
  await writeAlone(phone, "written while it was shut");
  assert.deepEqual(await drawer(phone), []);
  assert.ok(!/heron|owl|while it was/.test(await kept(page)));
  assert.deepEqual(new Set(await notesOf(page)), new Set(["lock", "sealed"]));
  await openIt(phone, PHRASE);
  await isOpen(phone);
  assert.deepEqual(await drawer(phone), ["a heron in my secret", "an owl in it, too", "written while it was shut"]);

  // Changed, and no draft of it lies about meanwhile.
  await page.locator("details", { hasText: "Only me" }).locator("summary").first().click();
  await page.locator("article.note", { hasText: "heron" }).getByRole("link", { name: "Change" }).click();
  await heading(phone, "Change an entry");
  await page.locator("#words").fill("two herons in my secret");
  await page.getByText("Only you can read it, and only with your passphrase.").waitFor();
  assert.ok(!(await page.evaluate(() => Object.keys(localStorage).some((key) => key.includes("draft.")))), "a draft lies there without the lock");
  await save(phone);
  assert.deepEqual(await drawer(phone), ["an owl in it, too", "two herons in my secret", "written while it was shut"]);

  await unfold(phone, "Another passphrase");
  for (const [field, phrase] of [["phrase", PHRASE], ["new", OTHER], ["again", OTHER]]) await page.locator(`#lock-change-${field}`).fill(typed(phrase));
  await page.getByRole("button", { name: "Change it" }).click();
  await page.getByText("From now on the new passphrase opens it.").waitFor({ timeout: 60_000 });
  await goTo(phone, "Us");
  await section(phone).getByRole("button", { name: "Shut it now" }).click();
  await isShut(phone);
  assert.deepEqual(await drawer(phone), []);
  await openIt(phone, PHRASE);
  await page.getByText("This passphrase does not open it. Nothing was changed.").waitFor({ timeout: 60_000 });
  await openIt(phone, OTHER);
  await isOpen(phone);
  assert.equal((await notesOf(page)).filter((sort) => sort === "lock").length, 1);

  await unfold(phone, "Take the lock away");
  await page.locator("#lock-away-phrase").fill(OTHER);
  await page.getByRole("button", { name: "Take it away" }).click();
  await page.getByText("The lock is gone.").waitFor({ timeout: 60_000 });
  await page.reload();
  assert.deepEqual(await drawer(phone), ["an owl in it, too", "two herons in my secret", "written while it was shut"]);
  assert.deepEqual(new Set(await notesOf(page)), new Set(["note"]));
});

test("another tab shows nothing more once a lock is set, and writes nothing past it", { timeout: 200_000 }, async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await write(phone, "for both", { who: HER });
  await writeAlone(phone, "a heron in my secret");
  const other = { page: await phone.context.newPage() };
  await open(other, server);
  assert.deepEqual(await drawer(other), ["a heron in my secret"]);
  await setLock(phone, PHRASE);
  await isOpen(phone);
  await other.page.getByText("What you keep to yourself is locked.").waitFor();
  assert.equal(await other.page.getByText("heron").count(), 0);
  await writeAlone(other, "from the other tab");
  assert.deepEqual(new Set(await notesOf(phone.page)), new Set(["lock", "sealed"]));
  assert.deepEqual(await drawer(phone), ["a heron in my secret", "from the other tab"]);
});

test("a backup brings what was locked back, still locked, and holds none of its words", { timeout: 300_000 }, async (t) => {
  const server = await newServer(t);
  const [phone, next] = [await newPhone(t), await newPhone(t)];
  await open(phone, server);
  await write(phone, "for both", { who: HER });
  await writeAlone(phone, "a heron in my secret");
  await setLock(phone, PHRASE);
  await isOpen(phone);
  const { words, files } = await makeBackup(phone);
  const inside = await openedWithPhrase(await readFile(files[0], "utf8"), words);
  assert.match(inside, /"sealed-note"/);
  assert.doesNotMatch(inside, /heron|kettle/);
  await open(next, server);
  assert.match(await lookInside(next, words, files), /1 /);
  await restoreIt(next);
  assert.deepEqual(await drawer(next), []);
  assert.deepEqual(new Set(await notesOf(next.page)), new Set(["lock", "sealed"]));
  await openIt(next, PHRASE);
  await isOpen(next);
  assert.deepEqual(await drawer(next), ["a heron in my secret"]);
  // Once more changes nothing.
  await lookInside(next, words, files);
  await restoreIt(next);
  assert.deepEqual(await drawer(next), ["a heron in my secret"]);
});

test("a rescue file holds what was locked as it is, and brings it back locked", { timeout: 200_000 }, async (t) => {
  const server = await newServer(t);
  const [phone, next] = [await newPhone(t), await newPhone(t)];
  const { page } = phone;
  await open(phone, server);
  await write(phone, "for both", { who: HER });
  await writeAlone(phone, "a heron in my secret");
  await setLock(phone, PHRASE);
  await isOpen(phone);
  await page.goto(`${server.url}rescue.html`);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const path = join(scratch("rescue"), "rescue.txt");
  await copyFile(await (await saved).path(), path);
  const records = (await readFile(path, "utf8")).trim().split("\n").slice(1, -1).map((line) => JSON.parse(line));
  const sorts = records.filter(([store]) => store === "drawer").map(([, key]) => key.split("/")[1]);
  assert.deepEqual(sorts.sort(), ["lock", "sealed"]);
  await open(next, server);
  await lookInside(next, "", [path]);
  await restoreIt(next);
  assert.deepEqual(await drawer(next), []);
  await openIt(next, PHRASE);
  await isOpen(next);
  assert.deepEqual(await drawer(next), ["a heron in my secret"]);
});

test("killed while the lock is set, all of it is locked or none, and nothing is lost", { timeout: 400_000 }, async (t) => {
  const server = await newServer(t);
  const profile = scratch("lock-kills");
  const words = ["first of the herons", "second of the herons", "third of the herons"];
  let phone = await openPhone({ profile });
  await open(phone, server);
  await write(phone, "for both", { who: HER });
  for (const some of words) await writeAlone(phone, some);
  for (const wait of [50, 400, 900, 1_600, 3_000]) {
    await setLock(phone, PHRASE);
    await new Promise((done) => setTimeout(done, wait));
    await phone.kill();
    phone = await openPhone({ profile });
    await open(phone, server);
    const sorts = (await notesOf(phone.page)).sort().join(" ");
    t.diagnostic(`after ${wait} ms: ${sorts}`);
    assert.ok(["note note note", "lock sealed sealed sealed"].includes(sorts), sorts);
    if (sorts.startsWith("lock")) {
      await openIt(phone, PHRASE);
      await isOpen(phone);
      assert.deepEqual(await drawer(phone), [...words].sort());
      await unfold(phone, "Take the lock away");
      await phone.page.locator("#lock-away-phrase").fill(typed(PHRASE));
      await phone.page.getByRole("button", { name: "Take it away" }).click();
      await phone.page.getByText("The lock is gone.").waitFor({ timeout: 60_000 });
    }
    assert.deepEqual(await drawer(phone), [...words].sort());
  }
  await phone.close();
});
