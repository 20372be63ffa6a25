// What it costs when the log is long: named figures, printed and written to target/bench.json. Ratios compare the
// same thing at 20,000 entries and at 500, in one run, on a processor slowed down four times; milliseconds stand
// beside them. `make bench` runs it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startRatios } from "../bench/start.mjs";
import { bytesPerSecond, framesOverIdeal } from "./bench-film.mjs";
import { newPhone, until } from "./lib/browser.mjs";
import { bigLog } from "./lib/biglog.mjs";
import { goTo, heading, introduce, open, take, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const SMALL = 500;
const LARGE = Number(process.env.BOTHWAYS_BENCH_ENTRIES ?? 20_000);
const ROUNDS = 15;
const SLOWER = 4;

const closing = [];
const test = { after: (act) => closing.unshift(act) };
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const server = await newServer(test);

/** A phone that has written one entry and taken in so many of the other's. */
async function phoneWith(count) {
  const phone = await newPhone(test);
  await open(phone, server);
  await write(phone, "The first of many", { who: introduce("mother", "Ana", "Tom") });
  const taken = await takeIn(phone, bigLog({ count }));
  phone.slow = await phone.context.newCDPSession(phone.page);
  return { ...phone, taken };
}

/** Takes a file in; how long that took without the person's own pauses, and the longest task meanwhile. */
async function takeIn(phone, text) {
  const { page } = phone;
  await goTo(phone, "Swap");
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
    }).observe({ type: "longtask", buffered: false });
  });
  const chosen = page.waitForEvent("filechooser");
  await page.getByText("Pick a file").click();
  // A file on the disk, as a person has it: bytes handed over by the test would be unpacked in the page.
  const file = join(scratch("bench"), "log.txt");
  writeFileSync(file, text);
  const began = Date.now();
  await (await chosen).setFiles(file);
  await page.getByRole("button", { name: "Take it in" }).waitFor({ timeout: 600_000 });
  const read = Date.now() - began;
  const again = Date.now();
  await page.getByRole("button", { name: "Take it in" }).click();
  await page.getByText("Done. This phone now holds what the file brought.").waitFor({ timeout: 600_000 });
  return { ms: read + Date.now() - again, longest: await page.evaluate(() => window.longest) };
}

/** Milliseconds in the page from a click, or a word typed, until `appears` fits something it did not fit before. */
function timed(page, { click, type, word, appears }) {
  return page.evaluate(
    async ({ click, type, word, appears }) => {
      const began = performance.now();
      const fits = () => document.querySelector(appears) !== null;
      const shown = new Promise((done) => {
        const look = () => fits() && done(performance.now());
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      if (click) document.querySelector(click).click();
      if (type) {
        const box = document.querySelector(type);
        box.value = word;
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }
      const at = await shown;
      // Until it is on the screen, too.
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return { appeared: at - began, painted: performance.now() - began };
    },
    { click, type, word, appears },
  );
}

/** Opens the log anew, as after the app was closed: from the start of the page to the first entry. */
async function openLog(phone) {
  await phone.page.goto("about:blank");
  await phone.page.goto(`${server.url}#/log`, { waitUntil: "commit" });
  const found = await phone.page.waitForFunction(() => document.querySelector("article.entry") && performance.now());
  return found.jsonValue();
}

/** Opens this month, just after the log was opened. */
async function month(phone) {
  const taken = await timed(phone.page, { click: ".month > button", appears: ".month-marked" });
  return taken.painted;
}

async function keystrokes(phone) {
  const { page } = phone;
  const box = page.getByRole("searchbox");
  await box.fill("zzzz");
  // The first search gathers the words of the whole log; how long that takes is told apart.
  const began = Date.now();
  await until(page, () => document.querySelector("main").innerText.includes("zzzz"), null, { timeout: 120_000 });
  const gathered = Date.now() - began;
  const taken = [];
  const words = ["so", "sou", "walk bread", "no4", "piano rain"];
  for (const word of [...words, ...words, ...words]) {
    taken.push((await timed(page, { type: "[type=search]", word, appears: "article.entry" })).painted);
    await box.fill("zzzz");
    await page.locator("article.entry").first().waitFor({ state: "detached" });
  }
  await box.fill("");
  return { keystroke: median(taken), gathered };
}

async function save(phone, number) {
  const { page } = phone;
  await goTo(phone, "Log");
  await page.getByRole("link", { name: "Write", exact: true }).click();
  await heading(phone, "Write");
  await page.locator("#words").fill(`Saved while measuring ${number}`);
  await page.locator(".notice").waitFor({ state: "detached" }).catch(() => {});
  const taken = await timed(page, { click: "form.write button[type=submit]", appears: ".notice" });
  return taken.appeared;
}

/** Both phones by turns, so that whatever else the machine does falls on both. */
async function measure(phones) {
  const taken = phones.map(() => ({ open: [], month: [], save: [] }));
  for (const phone of phones) await phone.slow.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  for (let n = 0; n < ROUNDS; n += 1) {
    // Each begins every other round.
    const order = [...phones.entries()];
    if (n % 2) order.reverse();
    for (const [at, phone] of order) {
      await phone.page.bringToFront();
      taken[at].open.push(await openLog(phone));
      taken[at].month.push(await month(phone));
      taken[at].save.push(await save(phone, n));
    }
  }
  const figures = [];
  for (const [at, phone] of phones.entries()) {
    await phone.page.bringToFront();
    await openLog(phone);
    const { keystroke, gathered } = await keystrokes(phone);
    await phone.slow.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const heap = await phone.slow.send("Runtime.getHeapUsage");
    const memory = (heap.usedSize + (heap.backingStorageSize ?? 0)) / 1e6;
    const { open, month: months, save: saves } = taken[at];
    figures.push({ open: median(open), month: median(months), save: median(saves), search: keystroke, gathered, memory });
  }
  return figures;
}

const figures = {};
const note = (name, value) => {
  figures[name] = Math.round(value * 100) / 100;
  console.log(`${name.padEnd(28)} ${figures[name]}`);
};

const began = await startRatios(test, await newServer(test));
for (const [what, { ratio, ours, bare }] of Object.entries(began)) {
  note(`offline_first_${what}_ratio`, ratio);
  note(`offline_first_${what}_ms`, ours);
  note(`offline_first_${what}_ms_bare`, bare);
}

note("qr_bytes_per_s", await bytesPerSecond(test, server));
note("qr_frames_over_ideal", framesOverIdeal());

const small = await phoneWith(SMALL);
const large = await phoneWith(LARGE);
note("import_20k_ms", large.taken.ms);
note("import_longest_task_ms", large.taken.longest);
// The database tidies up after an import, for some seconds.
await new Promise((done) => setTimeout(done, 10_000));
const [few, many] = await measure([small, large]);
for (const name of ["open", "month", "search", "save"]) {
  note(`${name === "open" ? "log_open" : name}_ratio`, many[name] / few[name]);
  note(`${name}_ms_500`, few[name]);
  note(`${name}_ms_20k`, many[name]);
}
note("search_gathering_ms_20k", many.gathered);
note("memory_mb_500", few.memory);
note("memory_mb_20k", many.memory);

const ten = await phoneWith(10_000);
const partner = bigLog({ count: 1_000, phone: 2 });
note("merge_1k_into_10k_ms", (await takeIn(ten, partner)).ms);
note("merge_file_bytes", Buffer.byteLength(partner));

mkdirSync("target", { recursive: true });
writeFileSync("target/bench.json", `${JSON.stringify(figures, null, 2)}\n`);
for (const close of closing) await close();
