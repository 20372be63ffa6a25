// What lies on the phone goes bad, or is cleared away: it is found and brought again, and without a signal there is a
// page that says what is safe. Never a blank one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { appRuns, newPhone, readyForOutings, workerStatus } from "./lib/browser.mjs";
import { goTo, heading, introduce, open, timeline, write } from "./lib/phone.mjs";
import { newServer, nextVersion, versionOf } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");

/** Other bytes in place of a kept file, or none. The worker is stopped then: what it has compared it has forgotten. */
async function damage(phone, path, how) {
  await phone.page.evaluate(
    async ([path, how]) => {
      const cache = await caches.open((await caches.keys()).find((name) => name.includes("@")));
      if (how === "is gone") return cache.delete(path);
      const kept = await cache.match(path);
      const bytes = new Uint8Array(await kept.arrayBuffer());
      // One bit, in the middle; or all of it.
      if (how === "has one wrong bit") bytes[bytes.length >> 1] ^= 4;
      else bytes.fill(32);
      return cache.put(path, new Response(bytes, { headers: kept.headers }));
    },
    [path, how],
  );
  await stopWorkers(phone);
}

async function stopWorkers(phone) {
  const devtools = await phone.context.newCDPSession(phone.page);
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.stopAllWorkers");
  await devtools.detach();
}

/** The kept files that are not what the list says, but for languages nobody has chosen here. */
const wrong = (page) =>
  page.evaluate(async () => {
    const list = (await (await fetch("sw.js")).text()).match(/\{"url":.*?\}/g).map((line) => JSON.parse(line));
    const cache = await caches.open((await caches.keys()).find((name) => name.includes("@")));
    const found = [];
    for (const { url, integrity } of list.filter(({ group }) => group !== "chosen")) {
      const kept = await cache.match(url);
      const hash = kept && new Uint8Array(await crypto.subtle.digest("SHA-384", await kept.arrayBuffer()));
      if (!kept || `sha384-${btoa(String.fromCharCode(...hash))}` !== integrity) found.push(url);
    }
    return found;
  });

const FILES = {
  "the page": () => "./",
  "the boot script": () => "boot.js",
  "the program's script": (html) => html.match(/bothways-[0-9a-f]+\.js/)[0],
  "the program": (html) => html.match(/bothways-[0-9a-f]+_bg\.wasm/)[0],
  "the later part": (html) => html.match(/bothways-[0-9a-f]+_later\.wasm/)[0],
  "the rooms' style sheet": (html) => html.match(/app-[0-9a-f]+\.css/)[0],
  "what people read": () => "pack/en.txt",
};

for (const [what, find] of Object.entries(FILES)) {
  for (const how of ["has one wrong bit", "is gone", ...(what === "the page" ? ["is blank"] : [])]) {
    test(`${what} ${how}: healed with a signal, and never a blank page without`, async (t) => {
      const server = await newServer(t);
      const phone = await newPhone(t);
      const { page } = phone;
      await open(phone, server);
      await write(phone, "stays", { who: HER });
      await readyForOutings(page);
      const path = find(await (await fetch(server.url)).text());

      await damage(phone, path, how);
      await page.reload();
      // A program that does not start, or stops at once, is mended by then; the person reloads.
      const alert = page.getByRole("alert");
      for (let tries = 0; tries < 3; tries++) {
        await Promise.race([appRuns(page), alert.waitFor()]).catch(() => {});
        await page.waitForTimeout(1500);
        if (!(await alert.isVisible())) break;
        await page.getByRole("button", { name: "Reload" }).tap();
      }
      await appRuns(page);
      for (const end = Date.now() + 10_000; (await wrong(page)).length > 0; await page.waitForTimeout(100)) {
        assert.ok(Date.now() < end, `still wrong: ${await wrong(page)}`);
      }

      await damage(phone, path, how);
      await server.stop();
      await page.reload();
      // The app, or the page that says what is safe; both within two starts. A program with a wrong bit may do anything,
      // so it is not left running.
      const says = () => page.locator("body").innerText();
      const isSafe = async () => (await alert.isVisible()) || (what !== "the program" && (await says()).trim().length > 100);
      for (const end = Date.now() + 10_000; !(await isSafe().catch(() => false)) && Date.now() < end; ) await page.waitForTimeout(100);
      await page.waitForTimeout(1500);
      if (await alert.isVisible()) {
        await page.getByRole("button", { name: "Reload" }).tap();
        await page.waitForTimeout(1500);
      }
      const words = await says();
      assert.ok(words.trim().length > 100, `blank: "${words}"`);
      if (what === "the program") assert.match(words, /still on this phone/);
      const isApp = (await page.locator("nav.bar").isVisible()) && !(await alert.isVisible());
      if (!isApp) assert.match(words, /still on this phone/);
      if (what === "the rooms' style sheet" || what === "what people read") assert.ok(isApp, "not worth stopping for");
    });
  }
}

test("where the browser has cleared the copies away, they come back, also when the host has gone on", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "stays", { who: HER });
  await readyForOutings(page);
  const devtools = await phone.context.newCDPSession(page);
  const clear = (storageTypes) => devtools.send("Storage.clearDataForOrigin", { origin: new URL(server.url).origin, storageTypes });

  await clear("cache_storage");
  await page.reload();
  await appRuns(page);
  await readyForOutings(page);
  assert.deepEqual(await timeline(phone), ["stays"]);

  await clear("cache_storage");
  await stopWorkers(phone);
  server.dist = await nextVersion("two");
  await page.reload();
  await appRuns(page);
  assert.equal(await versionOf(page), "two", "what the host has, whole");
  // Not asked in vain too often: a worker that is asked is busy, and one that is busy is not replaced.
  for (const end = Date.now() + 60_000; (await workerStatus(page))?.version !== "two"; await page.waitForTimeout(2000)) {
    assert.ok(Date.now() < end, "the new worker never took over");
  }
  await readyForOutings(page);
  await server.stop();
  await page.reload();
  await appRuns(page);
  assert.equal(await versionOf(page), "two");
  assert.deepEqual(await timeline(phone), ["stays"]);
});

test("where the browser has cleared everything away, the empty log says how to get it back", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "gone", { who: HER });
  await readyForOutings(page);
  const devtools = await phone.context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: new URL(server.url).origin, storageTypes: "all" });
  await page.goto("about:blank");
  await page.goto(server.url);
  await appRuns(page);
  await goTo(phone, "Swap");
  await page.getByText("I have a backup").waitFor();
  await goTo(phone, "Log");
  await page.getByRole("link", { name: /backup/i }).waitFor();
});

test("a log that a newer version has used is left alone, and says so", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "stays", { who: HER });
  await page.goto(`${server.url}rescue.html`);
  await page.evaluate(
    () =>
      new Promise((done, failed) => {
        const asked = indexedDB.open("bothways", 99);
        asked.onsuccess = () => (asked.result.close(), done());
        asked.onerror = () => failed(asked.error); // "blocked" passes as soon as the page that was left is gone
      }),
  );
  await page.goto(server.url);
  await appRuns(page);
  await page.getByText("A newer version of Bothways has used the log on this phone").waitFor();
  await page.goto(`${server.url}#/write`);
  await page.locator("#words").fill("must not be written");
  const versions = await page.evaluate(() => indexedDB.databases());
  assert.deepEqual(versions, [{ name: "bothways", version: 99 }]);
});

for (const [what, times, error] of [
  ["died once", 1, "InvalidStateError"],
  ["was lost once", 1, "UnknownError"],
  ["dies every time", Infinity, "InvalidStateError"],
]) {
  test(`a database handle that ${what} is opened anew, once`, async (t) => {
    const server = await newServer(t);
    const phone = await newPhone(t);
    const { page } = phone;
    await open(phone, server);
    await write(phone, "before", { who: HER });
    await page.evaluate(
      ([times, error]) => {
        const real = IDBDatabase.prototype.transaction;
        window.died = 0;
        IDBDatabase.prototype.transaction = function (...asked) {
          if (asked[1] === "readwrite" && window.died < (times ?? Infinity)) {
            window.died += 1;
            throw new DOMException("the connection is gone", error);
          }
          return real.apply(this, asked);
        };
      },
      [times, error],
    );
    await page.getByRole("link", { name: "Write", exact: true }).click();
    await page.locator("#words").fill("after");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    if (times === 1) {
      await heading(phone, "Log");
      assert.equal(await page.evaluate(() => window.died), 1);
      assert.deepEqual((await timeline(phone)).toSorted(), ["after", "before"]);
    } else {
      await page.getByText("Not saved.").waitFor();
      assert.equal(await page.locator("#words").inputValue(), "after");
      assert.ok((await page.evaluate(() => window.died)) <= 4, "tried again once, not for ever");
    }
  });
}
