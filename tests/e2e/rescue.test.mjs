// When the app cannot start: a page that needs no program opens, hands the log over as a file, and the file comes back.
import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { lookInside, restoreIt } from "./lib/backup.mjs";
import { appRuns, newPhone, openPhone, readyForOutings, until } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { addPhoto, cameraPicture } from "./lib/photo.mjs";
import { give, goTo, heading, introduce, open, pair, save, take, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Mum");

const onRescue = (page, timeout = 3000) => page.getByRole("heading", { name: "The app could not start" }).waitFor({ timeout });

/** The name of the program's part that ends so. */
async function part(server, ending) {
  const html = await (await fetch(server.url)).text();
  return html.match(/bothways-[0-9a-f]+_bg\.wasm|bothways-[0-9a-f]+\.js/g).find((name) => name.endsWith(ending));
}

/** Puts other bytes in place of a file that is kept on the phone. */
function spoil(page, path, bytes) {
  return page.evaluate(
    async ([path, bytes]) => {
      for (const name of (await caches.keys()).filter((name) => name.includes("@"))) {
        const cache = await caches.open(name);
        const kept = await cache.match(path);
        if (kept) await cache.put(path, new Response(bytes, { headers: { "content-type": kept.headers.get("content-type") } }));
      }
    },
    [path, bytes],
  );
}

/** Saves the log on the rescue page; gives the file's path. */
async function saveLog(page) {
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const download = await saved;
  const path = join(scratch("rescue"), download.suggestedFilename());
  await copyFile(await download.path(), path);
  await page.getByText(/^Made: bothways-rescue-/).waitFor();
  return path;
}

const WAYS = {
  "its program is corrupt": { ending: "_bg.wasm", bytes: "\0asm and no more" },
  "its script throws": { ending: ".js", bytes: "throw new Error('broken')" },
};
for (const base of ["/", "/x/y/"]) {
  for (const [what, { ending, bytes }] of Object.entries(WAYS)) {
    test(`when ${what}, the second failed start opens the rescue page, under ${base}`, async (t) => {
      const server = await newServer(t, { base });
      const phone = await newPhone(t);
      const { page } = phone;
      await open(phone, server);
      await write(phone, "to be rescued", { who: HER });
      await readyForOutings(page);
      const path = await part(server, ending);
      await server.stop();
      // A script is compared before it is served, so it must go bad everywhere; the program is compared afterwards.
      const damage = () => spoil(page, path, bytes);
      await phone.context.route(`**/${path}`, (route) => route.fulfill({ body: bytes, contentType: ending === ".js" ? "text/javascript" : "application/wasm" }));
      await damage();
      await page.reload();
      await page.getByRole("alert").waitFor();
      await damage();
      const begun = Date.now();
      await page.getByRole("button", { name: "Reload" }).tap();
      await onRescue(page);
      assert.ok(Date.now() - begun < 3000);
      const text = await readFile(await saveLog(page), "utf8");
      assert.match(text.split("\n")[0], /^\{"bothways":"rescue","format":1,"made":\d+\}$/);
      assert.match(text.trimEnd().split("\n").at(-1), /^\["end",\d+\]$/);
    });
  }
}

test("where WebAssembly is switched off the rescue page opens at once, and the log can be saved", async (t) => {
  const server = await newServer(t);
  const profile = scratch("phone");
  let phone = await openPhone({ profile });
  await open(phone, server);
  await write(phone, "written before it was switched off", { who: HER });
  await phone.close();
  phone = await openPhone({ profile });
  t.after(() => phone.close());
  await phone.context.addInitScript(() => delete globalThis.WebAssembly);
  await phone.page.goto(server.url);
  await onRescue(phone.page);
  await phone.page.getByText("switched off, or too old a browser").waitFor();
  await saveLog(phone.page);
});

test("two starts that the person broke off are no failed ones, and a good start forgets a failed one", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  const wasm = await part(server, "_bg.wasm");
  server.faults.set(wasm, { slow: 1500 });
  for (let n = 0; n < 3; n++) {
    await page.goto(server.url, { waitUntil: "commit" });
    await page.waitForTimeout(300);
  }
  server.faults.clear();
  await page.goto(server.url);
  await appRuns(page);
  server.faults.set(wasm, { status: 404 });
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.reload();
  await page.getByRole("alert").waitFor();
  server.faults.clear();
  await page.getByRole("button", { name: "Reload" }).tap();
  await appRuns(page);
  server.faults.set(wasm, { status: 404 });
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.reload();
  await page.getByRole("alert").waitFor(); // the first failed one in this row: no rescue page yet
  assert.equal(await page.getByRole("heading", { name: "The app could not start" }).count(), 0);
  assert.equal(await page.getByRole("link", { name: "Save my log without the app" }).isVisible(), true);
});

test("the file of the rescue page comes back whole on another phone, which then swaps on", async (t) => {
  const server = await newServer(t);
  const [hers, his, next] = [await newPhone(t), await newPhone(t), await newPhone(t)];
  for (const phone of [hers, his, next]) await open(phone, server);
  await pair(hers, his, { who: [HER, HIM] });
  await write(hers, "shared words");
  await take(his, await give(hers), { accept: true });
  await write(his, "from the son");
  await take(hers, await give(his), { accept: true });
  // A photo, and what is hers alone.
  const picture = await cameraPicture(hers.page, { width: 800, height: 400 });
  for (const [words, more] of [["with a picture", async () => {
    await addPhoto(hers, picture);
    await hers.page.locator("img.photo").waitFor();
  }], ["hers alone", () => hers.page.getByRole("radio", { name: "Only me" }).check()]]) {
    await goTo(hers, "Log");
    await hers.page.getByRole("link", { name: "Write", exact: true }).click();
    await heading(hers, "Write");
    await hers.page.locator("#words").fill(words);
    await more();
    await save(hers);
  }
  const before = await timeline(hers);
  const photos = (await stored(hers.page, ["photos"])).photos.length;

  await hers.page.goto(`${server.url}rescue.html`);
  await onRescue(hers.page);
  const file = await saveLog(hers.page);
  await hers.page.goto(server.url);
  await appRuns(hers.page);
  assert.deepEqual(await timeline(hers), before, "reading changed nothing");
  await hers.close();

  // In the wrong place it is told what it is.
  assert.match(await take(next, { path: file }), /This is a backup/);
  const said = await lookInside(next, "", [file]);
  assert.match(said, /3 entries/);
  assert.match(said, /1 photo/);
  assert.equal((await stored(next.page, ["revisions"])).revisions.length, 0, "nothing before the yes");
  await restoreIt(next);
  assert.deepEqual((await timeline(next)).toSorted(), before.toSorted());
  assert.equal((await stored(next.page, ["photos"])).photos.length, photos);
  assert.equal((await stored(next.page, ["drawer"])).drawer.length, 1);
  assert.deepEqual(await next.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), ["bothways"]);
  await write(next, "from the new phone");
  await take(his, await give(next), { accept: true });
  assert.ok((await timeline(his)).includes("from the new phone"));
  assert.ok((await timeline(his)).includes("with a picture"));
  assert.deepEqual([...his.errors, ...next.errors], []);
});

test("a rescue file that was cut, changed, or is from a newer version is refused, and changes nothing", async (t) => {
  const server = await newServer(t);
  const [hers, next] = [await newPhone(t), await newPhone(t)];
  await open(hers, server);
  await write(hers, "words", { who: HER });
  await hers.page.goto(`${server.url}rescue.html`);
  const lines = (await readFile(await saveLog(hers.page), "utf8")).trimEnd().split("\n");
  await open(next, server);
  await until(next.page, async () => (await indexedDB.databases()).length > 0);
  await goTo(next, "Log");
  await next.page.getByText("Nothing here yet.").waitFor(); // what this phone is has been stored by then
  const before = JSON.stringify(await stored(next.page));
  const body = lines.findIndex((line) => line.startsWith('["bodies"'));
  const home = lines.findIndex((line) => line.startsWith('["home","home"'));
  const spoilt = (at, edit) => lines.map((line, n) => (n === at ? edit(line) : line)).join("\n") + "\n";
  const cases = {
    "cut.txt": [lines.slice(0, -1).join("\n") + "\n", /is not whole|end .*missing/i],
    "newer.txt": [spoilt(0, (line) => line.replace('"format":1', '"format":9')), /newer version/],
    "no-lines.txt": [spoilt(body, () => "nonsense"), /changed|damaged/i],
    "other-words.txt": [spoilt(body, (line) => line.replace(/"(.)([^"]*)"\]$/, (_, first, rest) => `"${first === "A" ? "B" : "A"}${rest}"]`)), /changed|damaged/i],
    "no-home.txt": [spoilt(home, (line) => line.replace('"seed', '"sead').replace('\\"seed', '\\"sead')), /changed|damaged/i],
  };
  for (const [name, [text, says]] of Object.entries(cases)) {
    const path = join(scratch("rescue"), name);
    await writeFile(path, text);
    const said = await lookInside(next, "", [path]);
    assert.match(said, says, name);
    assert.equal(JSON.stringify(await stored(next.page)), before, name);
  }
  assert.deepEqual(await next.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), ["bothways"]);
});

test("a browser without a log is told so, and no empty one is left behind", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await phone.page.goto(`${server.url}rescue.html`);
  await phone.page.getByRole("button", { name: "Save as a file" }).click();
  await phone.page.getByText("There is no log of Bothways in this browser.").waitFor();
  assert.deepEqual(await phone.page.evaluate(() => indexedDB.databases()), []);
});

test("a fresh copy keeps the log, and is not begun without a connection", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "stays", { who: HER });
  await readyForOutings(page);
  const { port } = server;
  await server.stop();
  await page.goto(`${server.url}rescue.html`);
  await page.getByRole("button", { name: "Get a fresh copy" }).click();
  await page.getByText("The app cannot be fetched now.").waitFor();
  assert.equal((await page.evaluate(() => caches.keys())).length, 1);
  const again = await newServer(t, { port });
  await page.getByRole("button", { name: "Get a fresh copy" }).click();
  await page.waitForURL(again.url);
  await appRuns(page);
  assert.deepEqual(await timeline(phone), ["stays"]);
  await readyForOutings(page);
  assert.ok(again.asked("codes_bg.wasm") > 0, "fetched anew");
});

test("?diag says how things stand, and none of anybody's words", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "a zebrafinch in the kitchen", { who: HER });
  const { version } = await readyForOutings(page);
  await page.goto(`${server.url}?diag`);
  await page.getByRole("heading", { name: "How Bothways stands on this phone" }).waitFor();
  const facts = page.locator("#facts");
  await facts.getByText("Browser").waitFor();
  const said = await facts.innerText();
  for (const fact of [version, "whole", "Kept for good", "In use", "revisions ", "Last backup", "never", "WebAssembly"]) {
    assert.ok(said.includes(fact), `${fact} is not in: ${said}`);
  }
  assert.doesNotMatch(await page.locator("body").innerText(), /zebrafinch|Ana|Tom/);
});

test("a program that stops says what is safe, and nothing of what was written", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "stays", { who: HER });
  // What a panic is: the instruction "unreachable", in a task of its own. A module of one function that does nothing else.
  await page.evaluate(() => {
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    setTimeout(new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports.f);
  });
  await page.getByText("The app has stopped").waitFor();
  assert.equal(await page.evaluate(() => document.getElementById("app").inert), true);
  assert.doesNotMatch(phone.errors.join(), /stays/);
  await page.getByRole("button", { name: "Reload" }).click();
  await appRuns(page);
  assert.deepEqual(await timeline(phone), ["stays"]);
});

test("the kill switch takes the copies and itself off the phone, and leaves the log and the neighbours alone", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "stays", { who: HER });
  await readyForOutings(page);
  await page.evaluate(async () => (await caches.open("neighbour-v1")).put("./theirs", new Response("theirs")));
  const before = JSON.stringify(await stored(page));
  const killer = await readFile(new URL("../../tools/kill-switch/sw.js", import.meta.url), "utf8");
  assert.doesNotMatch(killer.replace(/\/\/.*/g, ""), /indexedDB|localStorage/);
  server.faults.set("sw.js", { body: killer, type: "text/javascript" });
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await until(page, async () => !(await navigator.serviceWorker.getRegistration()));
  assert.deepEqual(await page.evaluate(() => caches.keys()), ["neighbour-v1"]);
  assert.equal(JSON.stringify(await stored(page)), before);
  await heading(phone, "Log"); // nothing was reloaded
  server.faults.clear();
  await page.reload();
  await appRuns(page);
  assert.deepEqual(await timeline(phone), ["stays"]);
});
