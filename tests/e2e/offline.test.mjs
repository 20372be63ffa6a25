// One visit, and the app is on the phone: whole or not at all.
// The server is really stopped in these tests: "offline" as a switch in the browser would leave the way open
// that a phone in a tunnel does not have.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { appRuns, newPhone, openPhone, readyForOutings, until, workerStatus } from "./lib/browser.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer, nextVersion, serveApp, versionOf } from "./lib/server.mjs";

/** Our caches that say of themselves that they are whole. */
const completeCaches = (page) =>
  page.evaluate(async () => {
    const complete = [];
    for (const name of await caches.keys()) {
      const kept = await (await caches.open(name)).keys();
      if (kept.some((request) => request.url.endsWith("/complete"))) complete.push(name);
    }
    return complete;
  });

/** The worker has met the file that fails. */
async function askedAgain(server, path, before) {
  for (const end = Date.now() + 20_000; server.asked(path) <= before; await sleep(20)) {
    assert.ok(Date.now() < end, "the fault was never met");
  }
}

/** The installing worker has given up: there is no worker at all. */
const installGivenUp = (page) => until(page, async () => !(await navigator.serviceWorker.getRegistration()));

for (const base of ["/", "/x/y/"]) {
  test(`after one visit the app starts without a server, under ${base}`, async (t) => {
    const server = await newServer(t, { base });
    const phone = await newPhone(t);
    await phone.page.goto(server.url);
    await appRuns(phone.page);
    const status = await readyForOutings(phone.page);
    assert.ok(status.files > 8 && status.bytes > 10_000, JSON.stringify(status));

    await server.stop();
    const before = server.requests.length;

    await phone.page.reload();
    await appRuns(phone.page);
    const tab = await phone.context.newPage();
    await tab.goto(server.url);
    await appRuns(tab);
    await tab.goto(server.url + "?from=home-screen#/log");
    await appRuns(tab);
    await tab.goto(server.url + "index.html");
    await appRuns(tab);

    // What the page itself never asked for is there as well.
    const kept = await tab.evaluate(async () => {
      const paths = ["pack/en.txt", "manifest.webmanifest", "icons/favicon-32.png"];
      return Promise.all(paths.map(async (path) => (await fetch(path)).status));
    });
    assert.deepEqual(kept, [200, 200, 200]);
    assert.equal(server.requests.length, before);
    assert.deepEqual(phone.errors, []);
  });
}

test("a phone that was switched off starts the app without a server", async (t) => {
  const server = await newServer(t);
  const profile = scratch("phone");
  const phone = await openPhone({ profile });
  await phone.page.goto(server.url);
  await readyForOutings(phone.page);
  await phone.close();
  await server.stop();

  const again = await openPhone({ profile });
  t.after(() => again.close());
  await again.page.goto(server.url);
  await appRuns(again.page);
  assert.equal((await workerStatus(again.page)).complete, true);
  assert.deepEqual(again.errors, []);
});

test("the first visit brings no file twice", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await phone.page.goto(server.url);
  await readyForOutings(phone.page);
  // The page fetched what it needed, and the worker asks the host again only whether that is still true.
  const whole = server.requests.filter(({ status, path }) => status === 200 && path !== "sw.js").map((r) => r.path);
  assert.deepEqual(whole.toSorted(), [...new Set(whole)].toSorted());
});

const FAULTS = {
  "is missing": { status: 404 },
  "has other bytes": { body: '{"not":"ours"}', type: "application/json" },
  "is a page sent with 200": { body: "<!doctype html><p>Home</p>", type: "text/html" },
  "breaks off in the middle": { cut: true },
};
for (const [what, fault] of Object.entries(FAULTS)) {
  for (const path of ["pack/en.txt", "icons/favicon-32.png"]) {
    test(`when ${path} ${what}, nothing counts as kept, and a mended host makes it good`, async (t) => {
      const server = await newServer(t);
      server.faults.set(path, fault);
      const phone = await newPhone(t);
      await phone.page.goto(server.url);
      await appRuns(phone.page);
      await askedAgain(server, path, 0);
      await installGivenUp(phone.page);
      assert.deepEqual(await completeCaches(phone.page), []);

      // Twice: a half-filled cache must not make the second try pass either (as it once did in Workbox).
      const before = server.asked(path);
      await phone.page.reload();
      await appRuns(phone.page);
      await askedAgain(server, path, before);
      await installGivenUp(phone.page);
      assert.deepEqual(await completeCaches(phone.page), []);

      server.faults.clear();
      await phone.page.reload();
      await readyForOutings(phone.page);
      assert.equal((await completeCaches(phone.page)).length, 1);
      await server.stop();
      await phone.page.reload();
      await appRuns(phone.page);
    });
  }
}

test("a new version waits for a yes, and the one before it stays for one generation", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  const version = () => versionOf(page);
  const lookForUpdate = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const waiting = () => until(page, async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting));
  const sayYes = async () => {
    await page.evaluate(async () => {
      const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
      (await navigator.serviceWorker.getRegistration()).waiting.postMessage({ type: "skip-waiting" });
      await taken;
    });
    await page.reload();
    await appRuns(page);
  };

  await page.goto(server.url);
  const { version: v1 } = await readyForOutings(page);

  server.dist = await nextVersion("two");
  const fetched = server.requests.length;
  await lookForUpdate();
  await waiting();
  assert.equal((await workerStatus(page)).version, v1, "nobody has agreed yet");
  assert.equal((await workerStatus(page, "waiting")).complete, true);
  await page.reload();
  assert.equal(await version(), undefined);
  const brought = server.requests.slice(fetched).map((request) => request.path);
  assert.deepEqual(new Set(brought), new Set(["sw.js", "", "boot.js"]), "what did not change is taken from the phone");

  await sayYes();
  assert.equal(await version(), "two");
  assert.deepEqual((await completeCaches(page)).map(nameOnly), [v1, "two"]);

  // A version that was never used does not push out the one that was.
  server.dist = await nextVersion("three");
  await lookForUpdate();
  await waiting();
  server.dist = await nextVersion("four");
  await lookForUpdate();
  for (const end = Date.now() + 20_000; (await workerStatus(page, "waiting"))?.version !== "four"; ) {
    assert.ok(Date.now() < end, "the fourth version never came to wait");
  }
  await sayYes();
  assert.equal(await version(), "four");
  assert.deepEqual((await completeCaches(page)).map(nameOnly), ["two", "four"]);

  await server.stop();
  await page.reload();
  await appRuns(page);
  assert.equal(await version(), "four");
  assert.deepEqual(phone.errors, []);
});

test("a deploy that is half there changes nothing", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await phone.page.goto(server.url);
  const { version } = await readyForOutings(phone.page);

  // The new list with the old page: a host in the middle of copying.
  const old = await serveApp();
  t.after(() => old.stop());
  const page = await (await fetch(old.url)).text();
  server.dist = await nextVersion("two");
  server.faults.set("", { body: page, type: "text/html" });
  const complaint = await phone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const worker = registration.installing;
    await new Promise((done) => worker.addEventListener("statechange", done));
    return worker.state;
  });
  assert.equal(complaint, "redundant");
  await server.stop();
  await phone.page.reload();
  await appRuns(phone.page);
  assert.deepEqual(await workerStatus(phone.page).then((s) => [s.version, s.complete]), [version, true]);
});

test("a file the browser cleared away is brought back, and without a signal the answer is a plain no", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await page.goto(server.url);
  await readyForOutings(page);
  const clear = () =>
    page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0]);
      return cache.delete("pack/en.txt");
    });
  const read = () => page.evaluate(async () => (await fetch("pack/en.txt")).status);

  assert.equal(await clear(), true);
  assert.equal((await workerStatus(page)).complete, false, "and it does not claim to be whole");
  await readyForOutings(page);

  assert.equal(await clear(), true);
  assert.equal(await read(), 200);
  assert.equal((await workerStatus(page)).complete, true);

  assert.equal(await clear(), true);
  await server.stop();
  assert.equal(await read(), 504);
});

for (const [what, ending, fault] of [
  ["is not there", "_bg.wasm", { status: 404 }],
  ["is broken", "_bg.wasm", { body: "\0asm and no more", type: "application/wasm" }],
  ["has other glue than it was built with", ".js", { body: "export default () => {}", type: "text/javascript" }],
]) {
  test(`a program that ${what} leaves a page that says so, and Reload is the way on`, async (t) => {
    const server = await newServer(t);
    const phone = await newPhone(t);
    const { page } = phone;
    const html = await (await fetch(server.url)).text();
    const path = html.match(/bothways-[0-9a-f]+_bg\.wasm|bothways-[0-9a-f]+\.js/g).find((name) => name.endsWith(ending));
    server.faults.set(path, fault);
    await page.goto(server.url);
    await page.getByRole("alert").waitFor();
    assert.match(await page.getByRole("alert").textContent(), /Everything that was saved is still on this phone/);
    server.faults.clear();
    await page.getByRole("button", { name: "Reload" }).tap();
    await appRuns(page);
  });
}

test("the neighbours on a shared address keep their caches and their pages", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  server.faults.set("neighbour/", { body: "<!doctype html><title>n</title><p>The neighbour</p>", type: "text/html" });
  await page.goto(server.url);
  await page.evaluate(async () => {
    for (const name of ["neighbour-v1", "bothways-/neighbour/@v1"]) {
      await (await caches.open(name)).put("./theirs", new Response("theirs"));
    }
  });
  await readyForOutings(page);
  assert.equal((await page.evaluate(() => caches.keys())).length, 3);
  await page.goto(server.url + "neighbour/");
  assert.equal(await page.textContent("p"), "The neighbour");
});

function nameOnly(cache) {
  return cache.split("@").at(-1);
}
