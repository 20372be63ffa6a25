// A phone that falls into a lake: what was saved of it comes back on another, and both go on swapping.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ageAtTerminal, openedWithPhrase, piped } from "./lib/age.mjs";
import { lookInside, makeBackup, restoreIt } from "./lib/backup.mjs";
import { newPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { addPhoto, cameraPicture } from "./lib/photo.mjs";
import { card, give, goTo, heading, introduce, open, pair, save, take, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STORES = ["home", "revisions", "bodies", "links", "lines", "drawer", "photos"];
const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Mum");

async function startWriting(phone, words) {
  await goTo(phone, "Log");
  await phone.page.getByRole("link", { name: "Write", exact: true }).click();
  await heading(phone, "Write");
  await phone.page.locator("#words").fill(words);
}

async function onlyForMe(phone, words) {
  await startWriting(phone, words);
  await phone.page.getByRole("radio", { name: "Only me" }).check();
  await save(phone);
}

async function withPicture(phone, words) {
  const picture = await cameraPicture(phone.page, { width: 800, height: 400 });
  await startWriting(phone, words);
  await addPhoto(phone, picture);
  await phone.page.locator("img.photo").waitFor();
  await save(phone);
}

/** How often each number of each device's chain stands in the database. */
async function numbers(phone) {
  const links = (await stored(phone.page, ["links"])).links.map(([, record]) => JSON.parse(record));
  return links.map(({ device, seq }) => `${device}/${seq}`).sort();
}

async function axe(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`), [], where);
}

test("a lost phone comes back from its backup alone, and the two go on swapping", async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  await open(hers, server);
  await open(his, server);
  await pair(hers, his, { who: [HER, HIM] });
  await write(hers, "sent");
  await take(his, await give(hers), { accept: true });
  await write(his, "his");
  await take(hers, await give(his), { accept: true });
  await withPicture(hers, "with a picture, not sent");
  await onlyForMe(hers, "for me alone");
  const before = await timeline(hers);
  const { words, files } = await makeBackup(hers);
  assert.equal(files.length, 1);
  assert.match(words, /^([a-z]+ ){5}[a-z]+$/);
  await hers.page.getByText("Last backup:").waitFor();

  await t.test("ordinary programs open it with the words", async () => {
    const text = await readFile(files[0], "utf8");
    const lines = (await openedWithPhrase(text, words)).trimEnd().split("\n").map(JSON.parse);
    assert.deepEqual([lines[0].format, lines[0].version, lines[0].part, lines[0].parts], ["bothways/backup", 1, 1, 1]);
    assert.ok(lines.some(({ type, text }) => type === "note" && text.includes("for me alone")));
    const first = piped("gunzip", [], ageAtTerminal(["-d"], words, 1, text)).toString().split("\n")[0];
    assert.deepEqual(JSON.parse(first), lines[0]);
    assert.ok(!text.includes("for me") && !words.split(" ").every((word) => text.includes(word)));
  });
  await t.test("nothing on the phone tells the words", async () => {
    const kept = JSON.stringify(await stored(hers.page, STORES));
    const small = await hers.page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(!`${kept}${small}`.includes(words));
  });

  // Life goes on, and then the phone is lost.
  await write(hers, "sent after the backup");
  await take(his, await give(hers), { accept: true });
  await hers.context.close();
  const fresh = await newPhone(t);
  await open(fresh, server);
  await goTo(fresh, "Log");
  await fresh.page.getByRole("link", { name: "I have a backup of another phone" }).click();
  await heading(fresh, "Swap");
  await axe(fresh.page, "swap on a new phone");

  const untouched = await stored(fresh.page, STORES);
  const wrong = words.split(" ").reverse().join(" ");
  assert.match(await lookInside(fresh, wrong, files), /These are not the words/);
  const letter = join(scratch("letter"), "letter.txt");
  await writeFile(letter, "Dear all");
  assert.match(await lookInside(fresh, words, [letter]), /"letter.txt" is not a backup/);
  const cut = join(scratch("cut"), "cut.txt");
  await writeFile(cut, (await readFile(files[0])).subarray(0, 2_000));
  assert.match(await lookInside(fresh, words, [cut]), /The end of "cut.txt" is missing/);
  assert.deepEqual(await stored(fresh.page, STORES), untouched);

  const said = await lookInside(fresh, `  ${words.toUpperCase().replaceAll(" ", "  ")} `, files);
  assert.match(said, /The log of Ana and Tom, from the phone of Ana\n/);
  assert.match(said, /3 entries[^]*1 photo[^]*1 note for one of you alone/);
  assert.deepEqual(await stored(fresh.page, STORES), untouched, "looking inside changed something");
  await axe(fresh.page, "what is in a backup");
  await restoreIt(fresh);
  assert.deepEqual(await timeline(fresh), before);
  await card(fresh, "with a picture").locator("img.photo").waitFor();
  await fresh.page.getByText("Only me: 1 note").click();
  await fresh.page.getByText("for me alone").waitFor();

  await write(fresh, "on the new phone");
  for (const [from, to] of [[fresh, his], [his, fresh], [fresh, his]]) {
    const file = await give(from);
    assert.ok(!file.text.includes("for me alone"));
    await take(to, file, { accept: true });
  }
  const all = (await timeline(his)).sort();
  assert.deepEqual((await timeline(fresh)).sort(), all);
  assert.deepEqual(all, ["his", "on the new phone", "sent", "sent after the backup", "with a picture, not sent"]);
  for (const phone of [fresh, his]) {
    const used = await numbers(phone);
    assert.deepEqual(used, [...new Set(used)], "a number was used twice");
  }
  // Once more changes nothing anybody sees, and nothing is there twice.
  await lookInside(fresh, words, files);
  await restoreIt(fresh);
  assert.deepEqual((await timeline(fresh)).sort(), all);
  assert.deepEqual(fresh.errors, []);
});

test("a backup of two logs comes back beside what was begun since, and his is not for her phone", async (t) => {
  const server = await newServer(t);
  const [hers, his, fresh] = [await newPhone(t), await newPhone(t), await newPhone(t)];
  for (const phone of [hers, his, fresh]) await open(phone, server);
  await pair(hers, his, { who: [HER, HIM] });
  await write(hers, "for Tom");
  await take(his, await give(hers), { accept: true });
  await goTo(hers, "Us");
  await Promise.all([hers.page.waitForEvent("load"), hers.page.getByRole("button", { name: "Begin another log" }).click()]);
  await heading(hers, "Today");
  await write(hers, "for Jon", { who: introduce("mother", "Ana", "Jon") });
  const backup = await makeBackup(hers);

  await write(fresh, "begun since", { who: introduce("mother", "Ana", "Max") });
  assert.match(await lookInside(fresh, backup.words, backup.files), /The log of Ana and Tom[^]*The log of Ana and Jon/);
  await restoreIt(fresh);
  assert.deepEqual(await timeline(fresh), ["begun since"]);
  for (const [son, words] of [["Tom", "for Tom"], ["Jon", "for Jon"]]) {
    await goTo(fresh, "Us");
    await Promise.all([
      fresh.page.waitForEvent("load"),
      fresh.page.getByRole("button", { name: `Open the log of Ana and ${son}` }).click(),
    ]);
    await heading(fresh, "Today");
    assert.deepEqual(await timeline(fresh), [words]);
  }
  const before = await stored(his.page, STORES);
  assert.match(await lookInside(his, backup.words, backup.files), /of the other one's phone/);
  assert.deepEqual(await stored(his.page, STORES), before);
});

test("one is reminded of a backup in one quiet line, which can be put off; a calendar can do it instead", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "one", { who: HER });
  await goTo(phone, "Today");
  assert.equal(await page.getByRole("link", { name: "Make one" }).count(), 0);
  const ago = (days) => page.evaluate((days) => {
    localStorage.setItem("bothways.backups", JSON.stringify({ last: Date.now() - days * 86_400_000, put_off: null }));
  }, days);
  await ago(30);
  await page.reload();
  await page.getByText("one", { exact: true }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Make one" }).count(), 0);
  await ago(32);
  await page.reload();
  await page.getByText("It is more than a month since the last backup.").waitFor();
  await axe(page, "today with a reminder");
  await page.getByRole("button", { name: "Not this month" }).click();
  await page.getByRole("link", { name: "Make one" }).waitFor({ state: "detached" });
  await page.reload();
  await page.getByText("one", { exact: true }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Make one" }).count(), 0);

  await goTo(phone, "Swap");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "A reminder for your calendar" }).click();
  const event = await readFile(await (await saved).path(), "utf8");
  assert.match(event, /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
  assert.match(event, /\r\nDTSTAMP:\d{8}T\d{6}Z\r\nDTSTART;VALUE=DATE:\d{8}\r\nRRULE:FREQ=MONTHLY\r\n/);
  await axe(page, "swap with a backup to make");
});
