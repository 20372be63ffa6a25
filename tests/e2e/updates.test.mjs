// A new version, as a person meets it: one quiet line, taken when they like, and nothing lost on the way.
// BOTHWAYS_UPDATES says how many updates in a row, BOTHWAYS_SEED which random ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dice } from "./lib/biglog.mjs";
import { appRuns, newPhone, openPhone, readyForOutings, until, workerStatus } from "./lib/browser.mjs";
import { goTo, heading, introduce, open, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer, nextVersion, serveApp, versionOf } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const UPDATES = Number(process.env.BOTHWAYS_UPDATES ?? 5);
const SEED = Number(process.env.BOTHWAYS_SEED ?? 1);

const line = (page) => page.getByText("A new version is ready.");

/** Starts the app again and waits until it tells of the version that has been put on the host. */
async function told(page) {
  await page.reload();
  await appRuns(page);
  await line(page).waitFor();
}

/** Waits until the page has been loaded anew as that version. */
const runsVersion = (page, mark) =>
  page.waitForFunction((mark) => document.body?.dataset.version === mark && document.documentElement.dataset.boot === mark, mark);

/** Says yes, and waits until the page runs that version. */
async function sayYes(page, mark) {
  await page.getByRole("button", { name: "Use it now" }).click();
  await runsVersion(page, mark);
  await appRuns(page);
  assert.equal(await versionOf(page), mark);
}

async function startDraft(phone, words) {
  await goTo(phone, "Log");
  await phone.page.getByRole("link", { name: "Write", exact: true }).click();
  await heading(phone, "Write");
  await phone.page.locator("#words").fill(words);
}

for (const base of ["/", "/x/y/"]) {
  test(`a new version is told of, taken with an open draft, and put off until the next start, under ${base}`, async (t) => {
    const server = await newServer(t, { base });
    const phone = await newPhone(t);
    const { page } = phone;
    await open(phone, server);
    await write(phone, "before the update", { who: HER });
    await readyForOutings(page);
    assert.equal(await line(page).count(), 0);

    server.dist = await nextVersion("two");
    await told(page);
    await page.getByRole("button", { name: "Later" }).click();
    await line(page).waitFor({ state: "detached" });
    // Put off, one goes on, also without a signal, with the version that was.
    await server.stop();
    await page.reload();
    await appRuns(page);
    assert.equal(await versionOf(page), undefined);
    assert.equal((await workerStatus(page)).complete, true);
    await line(page).waitFor(); // it is on the phone: it can be taken without a signal, too

    await startDraft(phone, "half a sentence");
    const loads = [];
    page.on("load", () => loads.push(page.url()));
    await sayYes(page, "two");
    assert.equal(await page.locator("#words").inputValue(), "half a sentence");
    await page.waitForTimeout(1000);
    assert.equal(loads.length, 1, "one reload, not more");
    assert.deepEqual(await timeline(phone), ["before the update"]);
    assert.equal(await line(page).count(), 0);
    assert.deepEqual(phone.errors, []);
  });
}

test("versions that were skipped while the app was closed are passed over", async (t) => {
  const server = await newServer(t);
  const profile = scratch("phone");
  let phone = await openPhone({ profile });
  await open(phone, server);
  await readyForOutings(phone.page);
  await phone.close();
  server.dist = await nextVersion("two");
  server.dist = await nextVersion("three");
  phone = await openPhone({ profile });
  t.after(() => phone.close());
  await open(phone, server);
  await line(phone.page).waitFor();
  await sayYes(phone.page, "three");
  assert.deepEqual(phone.errors, []);
});

test("the other window is told, goes on as it is, and changes over when the person says so", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "from the first window", { who: HER });
  await readyForOutings(page);
  const other = { ...phone, page: await phone.context.newPage() };
  await open(other, server);
  await startDraft(other, "still writing here");

  server.dist = await nextVersion("two");
  await page.bringToFront();
  await told(page);
  await sayYes(page, "two");
  await write(phone, "from the new version");
  await other.page.getByText("This window still runs the older version.").waitFor();
  assert.equal(await versionOf(other.page), undefined, "never reloaded under the person");
  assert.equal(await other.page.locator("#words").inputValue(), "still writing here");
  // The files it has not asked for yet are still those of its own version.
  await other.page.bringToFront();
  await other.page.getByRole("button", { name: "Save", exact: true }).click();
  await heading(other, "Log");
  await other.page.getByRole("button", { name: "Load the new one" }).click();
  await runsVersion(other.page, "two");
  await appRuns(other.page);
  assert.deepEqual((await timeline(other)).toSorted(), ["from the first window", "from the new version", "still writing here"]);
  assert.deepEqual(phone.errors, []);
});

test("a window that still runs the version before has its parts, without a signal, under the names they had", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "here", { who: HER });
  await readyForOutings(page);
  const parts = await page.evaluate(() => {
    const { later, worker } = document.querySelector("script[data-wasm]").dataset;
    return [later, worker].map((name) => name.replace("./", ""));
  });
  const other = await phone.context.newPage();
  await other.goto(server.url);
  await appRuns(other);
  const renamed = Object.fromEntries(parts.map((name) => [name, name.replace(/[0-9a-f]{16}/, "0123456789abcdef")]));
  server.dist = await nextVersion("two", {}, renamed);
  await told(page);
  await sayYes(page, "two");
  await server.stop();
  const answers = (names) => other.evaluate((names) => Promise.all(names.map(async (name) => (await fetch(name)).status)), names);
  assert.deepEqual(await answers(parts), [200, 200]);
  assert.deepEqual(await answers(Object.values(renamed)), [200, 200]);
  assert.equal(await versionOf(other), undefined);
});

test("a browser that never says it has changed over is not waited for longer than some seconds", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  // As WebKit has been seen to do: no `controllerchange`, and the state is told to nobody.
  await phone.context.addInitScript(() => {
    const deaf = (target, events) => {
      const listen = target.prototype.addEventListener;
      target.prototype.addEventListener = function (name, ...rest) {
        if (!events.includes(name)) listen.call(this, name, ...rest);
      };
    };
    deaf(ServiceWorkerContainer, ["controllerchange"]);
    deaf(ServiceWorker, ["statechange"]);
  });
  await open(phone, server);
  await readyForOutings(page);
  server.dist = await nextVersion("two");
  await page.reload();
  await until(page, async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  await told(page);
  const begun = Date.now();
  await sayYes(page, "two");
  assert.ok(Date.now() - begun < 12_000);
});

// What can go wrong while a version comes. Each is set right again afterwards.
const FAULTS = {
  nothing: {},
  "the page is missing": { path: "", fault: { status: 404 } },
  "the host is busy": { path: "boot.js", fault: { status: 503 } },
  "the script breaks off": { path: "boot.js", fault: { cut: true } },
  "a page in place of a script": { path: "boot.js", fault: { body: "<!doctype html><p>Hello</p>", type: "text/html" } },
  "other bytes": { path: "", fault: { body: "<!doctype html><title>x</title>", type: "text/html" } },
  "the list is missing": { path: "sw.js", fault: { status: 500 } },
  "the list is slow": { path: "sw.js", fault: { slow: 300 } },
  "workers are stopped": { stopWorkers: true },
  "the browser is killed": { kill: true },
  "the signal is lost": { offline: true },
  "half of the deploy": { old: true },
};

test(`${UPDATES} updates in a row with random faults lose nothing and mix nothing (seed ${SEED})`, async (t) => {
  const random = dice(SEED);
  const oneOf = (list) => list[Math.floor(random() * list.length)];
  const original = await serveApp();
  t.after(() => original.stop());
  let server = await serveApp();
  t.after(() => server.stop());
  const { port } = server;
  const profile = scratch("updates");
  let phone = await openPhone({ profile });
  t.after(() => phone.close());
  const entries = ["entry 0"];
  await open(phone, server);
  await write(phone, "entry 0", { who: HER });
  await readyForOutings(phone.page);
  let version;
  let draft = "draft 0";
  const typed = ["", draft];
  await startDraft(phone, draft);
  const met = {};

  for (let n = 1; n <= UPDATES; n++) {
    const mark = `v${n}`;
    const name = oneOf(Object.keys(FAULTS));
    const { path, fault, stopWorkers, kill, offline, old } = FAULTS[name];
    met[name] = (met[name] ?? 0) + 1;
    const what = `update ${n} of seed ${SEED}: ${name}`;
    try {
      const next = await nextVersion(mark);
      const before = server.dist;
      server.dist = next;
      if (fault) server.faults.set(path, fault);
      // The new list with the pages of the version before: a host in the middle of copying.
      if (old) for (const file of ["", "boot.js"]) server.faults.set(file, { body: await bodyOf(before, file), type: file ? "text/javascript" : "text/html" });
      if (offline) await server.stop();
      const update = () =>
        phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(() => undefined, () => undefined));
      if (stopWorkers || kill) {
        server.faults.set("boot.js", { slow: 400 });
        // Not waited for: it is broken off.
        update().catch(() => {});
        await phone.page.waitForTimeout(Math.floor(random() * 400));
      } else {
        await Promise.race([update(), phone.page.waitForTimeout(3000)]);
      }
      if (stopWorkers) {
        const devtools = await phone.context.newCDPSession(phone.page);
        await devtools.send("ServiceWorker.enable");
        await devtools.send("ServiceWorker.stopAllWorkers");
      }
      if (kill) {
        // What was typed is in local storage, which Chromium writes to the disk some seconds later.
        await phone.page.waitForTimeout(6000);
        await phone.kill();
        phone = await openPhone({ profile });
        await phone.page.goto(`${server.url}#/write`);
      } else {
        await phone.page.reload();
      }
      await appRuns(phone.page);
      const runs = await versionOf(phone.page);
      const words = await phone.page.locator("#words").inputValue();
      if (kill) {
        // Every window was closed: what waited may have taken over. And the last words typed may not have reached the disk.
        assert.ok([version, mark].includes(runs), `${runs} is neither of the two`);
        assert.ok(typed.includes(words), `never typed: ${words}`);
        await phone.page.locator("#words").fill(draft);
      } else {
        assert.equal(runs, version, "nobody has said yes");
        assert.equal(words, draft);
      }

      // Set right: now it comes, and is taken.
      const { dist } = server;
      if (offline) server = await serveApp({ port });
      server.dist = dist;
      server.faults.clear();
      if (runs !== mark) {
        await told(phone.page);
        await sayYes(phone.page, mark);
      }
      version = mark;
      assert.equal(await phone.page.locator("#words").inputValue(), draft);
      await readyForOutings(phone.page);

      if (random() < 0.3) {
        await phone.page.getByRole("button", { name: "Save", exact: true }).click();
        await heading(phone, "Log");
        entries.push(draft);
        draft = `draft ${n}`;
        typed.push(draft);
        await startDraft(phone, draft);
      }
      // A complete start without a signal.
      await server.stop();
      await phone.page.reload();
      await appRuns(phone.page);
      assert.equal(await versionOf(phone.page), mark);
      assert.equal((await workerStatus(phone.page)).complete, true);
      server = await serveApp({ port });
      server.dist = dist;
    } catch (error) {
      error.message = `${what}: ${error.message}`;
      throw error;
    }
  }
  await goTo(phone, "Log");
  const kept = await timeline(phone);
  assert.deepEqual(kept.toSorted(), entries.toSorted());
  assert.ok((await phone.page.evaluate(() => caches.keys())).length <= 2, "old versions go");
  console.log(`${UPDATES} updates, ${kept.length} entries kept, faults: ${JSON.stringify(met)}`);
});

async function bodyOf(dist, path) {
  const server = await serveApp({ dist });
  const body = await (await fetch(server.url + path)).text();
  await server.stop();
  return body;
}
