// A phone: real Chromium with a phone's screen and touch, and a profile of its own on disk.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { scratch } from "./scratch.mjs";

// Read when playwright-core is loaded: shows us what service workers ask for, too.
process.env.PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS ??= "1";

// `require` rather than `import`, because only it looks in NODE_PATH too: the tool cache may live elsewhere.
const { chromium } = createRequire(import.meta.url)("playwright-core");

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
// Quiet: no look-ups and downloads of its own beside the test's; and the network ends at this machine, so that
// a request to anywhere else cannot succeed even where nobody asserts it.
const ARGS = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
  "--disable-quic",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/**
 * Opens the phone whose memory is the folder `profile`; open it again and it remembers.
 *
 * - `context`, `page`: Playwright's
 * - `errors`: what the consoles of all pages and the pages' scripts complained about
 * - `foreign`: requests to another origin than the app's; `close()` fails if there were any
 * - `close()`: as a person closes it; `kill()`: as a phone out of memory does, in mid-word
 *
 * `device` overrides parts of the phone (`{ colorScheme: "dark" }`, `{ viewport: ... }`).
 */
export async function openPhone({ profile, device = {}, args = [] }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    chromiumSandbox: process.getuid?.() !== 0, // root has no use for it, and Chromium refuses
    args: [...ARGS, ...args],
    acceptDownloads: true,
    ...PHONE,
    ...device,
  });
  const errors = [];
  const foreign = [];
  const origins = new Set();

  const watch = (page) => {
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame() && frame.url().startsWith("http")) origins.add(new URL(frame.url()).origin);
    });
  };
  context.on("page", watch);
  context.pages().forEach(watch);
  context.on("request", (request) => {
    const { protocol, origin, hostname } = new URL(request.url());
    if (!["http:", "https:", "ws:", "wss:"].includes(protocol)) return;
    // A page may ask its own origin only; the test itself may go to any server of its own.
    const ours = request.isNavigationRequest() ? hostname === "127.0.0.1" : origins.has(origin);
    if (!ours) foreign.push(request.url());
  });

  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    errors,
    foreign,
    async close() {
      await context.close();
      assert.deepEqual(foreign, [], "a request left for another origin");
    },
    async kill() {
      const gone = new Promise((done) => context.once("close", done));
      for (const pid of processesOf(profile)) process.kill(pid, "SIGKILL");
      await gone;
    },
  };
}

/** A new phone for one test, put away after it. `options` are those of `openPhone`. */
export async function newPhone(test, options = {}) {
  const profile = scratch("phone");
  const phone = await openPhone({ profile, ...options });
  test.after(() => phone.close());
  return phone;
}

/** The processes that run this profile: the browser's own and its children's. */
function processesOf(profile) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(`--user-data-dir=${profile}`);
      } catch {
        return false; // it ended while we looked
      }
    });
}

/** Waits until `ask`, run in the page, gives something true, and returns it. (`ask` may be async.) */
export async function until(page, ask, argument, { timeout = 20_000 } = {}) {
  for (const end = Date.now() + timeout; ; await page.waitForTimeout(50)) {
    const answer = await page.evaluate(ask, argument);
    if (answer) return answer;
    assert.ok(Date.now() < end, `still not true after ${timeout} ms: ${ask}`);
  }
}

/** What the service worker says of itself, or undefined if there is none or it is on its way out. */
export function workerStatus(page, which = "active") {
  return page.evaluate(async (which) => {
    const worker = (await navigator.serviceWorker.getRegistration())?.[which];
    if (!worker) return undefined;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((done) => (port1.onmessage = (event) => done(event.data)));
    worker.postMessage({ type: "status" }, [port2]);
    // A worker that is being replaced never answers.
    return Promise.race([answer, new Promise((done) => setTimeout(done, 2000))]);
  }, which);
}

/** Waits until everything is on the phone and the page is served from it; gives the worker's status. */
export async function readyForOutings(page, { timeout = 20_000 } = {}) {
  await until(page, () => navigator.serviceWorker.controller !== null, undefined, { timeout });
  for (const end = Date.now() + timeout; ; await page.waitForTimeout(50)) {
    const status = await workerStatus(page);
    if (status?.complete) return status;
    assert.ok(Date.now() < end, `the app is not on the phone after ${timeout} ms: ${JSON.stringify(status)}`);
  }
}

/** Waits until the program has cleared the shell and moved in. */
export async function appRuns(page) {
  await page.waitForFunction(() => {
    const app = document.getElementById("app");
    return document.getElementById("crash").hidden && app.children.length > 0 && !app.querySelector(".shell");
  });
}
