// An offline start beside that of a bare Preact page: the smallest thing a person could have built instead, kept by the
// same service worker. Both in one browser, by turns, with the server gone, the workers stopped and a processor slowed
// down four times, so that whatever the machine does falls on both. Run by tests/e2e/bench.mjs.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newPhone, readyForOutings } from "../e2e/lib/browser.mjs";
import { scratch } from "../e2e/lib/scratch.mjs";
import { newServer } from "../e2e/lib/server.mjs";

const ROUNDS = 15;
const SLOWER = 4;
const ROOMS = ["Today", "Guide", "Ideas", "Log", "Swap"];
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Bare</title><meta name="viewport" content="width=device-width"></head>
<body>
<section id="crash" hidden></section>
<div id="app"><div class="shell"><h1>For a mother and her son</h1><p>It lives on your own phones.</p></div></div>
<script type="module" src="app.js"></script>
</body>
</html>
`;
const APP = `import { h, render } from "./preact.js";
const ROOMS = ${JSON.stringify(ROOMS)};
const app = document.getElementById("app");
app.replaceChildren();
const room = () => ROOMS.find((name) => location.hash === "#/" + name.toLowerCase()) ?? "Today";
const link = (name) => h("a", { href: "#/" + name.toLowerCase() }, name);
const draw = () => render(h("div", {}, h("main", {}, h("h1", {}, room())), h("nav", {}, ROOMS.map(link))), app);
addEventListener("hashchange", draw);
draw();
if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
await navigator.serviceWorker.register("sw.js", { updateViaCache: "none" });
`;

/** Puts the bare page into a folder, with our own service worker and a list of its three files. */
async function barePage() {
  const dist = join(scratch("bare"), "dist");
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, "index.html"), PAGE);
  await writeFile(join(dist, "app.js"), APP);
  const preact = dirname(createRequire(import.meta.url).resolve("preact/package.json"));
  await copyFile(join(preact, "dist/preact.mjs"), join(dist, "preact.js"));
  const files = await Promise.all(
    ["index.html", "app.js", "preact.js"].map(async (path) => {
      const integrity = `sha384-${createHash("sha384").update(await readFile(join(dist, path))).digest("base64")}`;
      const { size } = await stat(join(dist, path));
      return { url: path === "index.html" ? "./" : path, integrity, bytes: size, group: "first" };
    }),
  );
  const worker = await readFile(fileURLToPath(new URL("../../public/sw.js", import.meta.url)), "utf8");
  await writeFile(join(dist, "sw.js"), worker.replace("const FILES = [];", `const FILES = ${JSON.stringify(files)};`));
  return dist;
}

/** A phone that has the page at `server` and will find no server any more. */
async function readyPhone(test, server) {
  const phone = await newPhone(test);
  await phone.page.goto(server.url);
  await readyForOutings(phone.page);
  // A thumb that taps as soon as there is something to tap, and waits for what it asked for.
  await phone.context.addInitScript(() => {
    window.painted = new Promise((done) => {
      new PerformanceObserver((list) => {
        const [paint] = list.getEntriesByName("first-contentful-paint");
        if (paint) done(paint.startTime);
      }).observe({ type: "paint", buffered: true });
    });
    const isLog = () => document.querySelector("main h1")?.textContent === "Log";
    const shown = (holds, meanwhile) =>
      new Promise((done) => {
        const look = () => {
          if (holds()) return requestAnimationFrame(() => setTimeout(() => done(performance.now())));
          meanwhile?.();
          requestAnimationFrame(look);
        };
        look();
      });
    // Nobody taps what is not on the screen yet.
    let seen = false;
    window.painted.then(() => (seen = true));
    window.tapped = shown(isLog, () => seen && document.querySelector('nav a[href$="#/log"]')?.click());
    window.drawn = shown(() => isLog() && !document.querySelector("#app .shell nav"));
  });
  await server.stop();
  phone.devtools = await phone.context.newCDPSession(phone.page);
  await phone.devtools.send("ServiceWorker.enable");
  await phone.devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return { ...phone, url: server.url };
}

/**
 * Milliseconds from the start of the page to the first text on the screen; to the answer of the first tap, which ours may
 * give before its program is there; and to the room that was asked for, drawn by the program.
 */
async function start({ page, devtools, url }) {
  await page.goto("about:blank");
  await devtools.send("ServiceWorker.stopAllWorkers");
  await page.goto(url, { waitUntil: "commit" });
  return page.evaluate(async () => {
    const [text, tap, room] = await Promise.all([window.painted, window.tapped, window.drawn]);
    return { text, tap, room };
  });
}

/** How many times longer ours takes than the bare page: medians of paired starts. */
export async function startRatios(test, server) {
  const ours = await readyPhone(test, server);
  const bare = await readyPhone(test, await newServer(test, { dist: await barePage() }));
  const pairs = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    const taken = {};
    for (const [name, phone] of n % 2 ? [["bare", bare], ["ours", ours]] : [["ours", ours], ["bare", bare]]) {
      await phone.page.bringToFront();
      taken[name] = await start(phone);
    }
    pairs.push(taken);
  }
  const of = (what) => ({
    ratio: median(pairs.map(({ ours, bare }) => ours[what] / bare[what])),
    ours: median(pairs.map(({ ours }) => ours[what])),
    bare: median(pairs.map(({ bare }) => bare[what])),
  });
  return { text: of("text"), tap: of("tap"), room: of("room") };
}
