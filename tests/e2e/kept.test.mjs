// "Saved" means on the disk: the browser is killed the moment the word appears, again and again.
// BOTHWAYS_KILLS sets how often.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPhone } from "./lib/browser.mjs";
import { goTo, introduce, open, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

// Entries each of two tabs writes at the same time.
const EACH = Number(process.env.BOTHWAYS_EACH ?? 5);
const KILLS = Number(process.env.BOTHWAYS_KILLS ?? 5);

test(`killing the browser right after "Saved" loses nothing, ${KILLS} times`, async (t) => {
  const server = await newServer(t);
  const profile = scratch("killed");
  for (let n = 1; n <= KILLS; n++) {
    const phone = await openPhone({ profile });
    await phone.page.goto(`${server.url}#/write`);
    await phone.page.locator("#words").fill(`entry ${n}`);
    if (n === 1) {
      await phone.page.getByRole("radio", { name: "The son" }).check();
    }
    const saved = phone.page.getByText("Saved on this phone.").waitFor();
    await phone.page.getByRole("button", { name: "Save", exact: true }).click();
    await saved;
    await phone.kill();
  }
  const phone = await openPhone({ profile });
  t.after(() => phone.close());
  await open(phone, server);
  await goTo(phone, "Log");
  await phone.page.locator("article.entry").first().waitFor();
  const older = phone.page.getByRole("button", { name: "Show older entries" });
  while (await older.isVisible()) await older.click();
  const kept = await phone.page.locator("article.entry .entry-words").allTextContents();
  const expected = Array.from({ length: KILLS }, (_, n) => `entry ${n + 1}`);
  assert.deepEqual([...kept].sort(), expected.sort());
  console.log(`kept ${kept.length} of ${KILLS}`);
});

test("a draft survives a killed tab", async (t) => {
  const server = await newServer(t);
  const profile = scratch("draft");
  let phone = await openPhone({ profile });
  await phone.page.goto(`${server.url}#/write`);
  await phone.page.locator("#words").fill("half a sentence");
  // Chromium flushes local storage to the disk a few seconds after a write; the page alone dies at once.
  await phone.page.waitForTimeout(6_000);
  await phone.kill();
  phone = await openPhone({ profile });
  t.after(() => phone.close());
  await phone.page.goto(`${server.url}#/write`);
  assert.equal(await phone.page.locator("#words").inputValue(), "half a sentence");
});

test("two tabs see each other's entries, and neither is lost", async (t) => {
  const server = await newServer(t);
  const phone = await openPhone({ profile: scratch("tabs") });
  t.after(() => phone.close());
  await open(phone, server);
  await write(phone, "from the first", { who: introduce("mother", "Ana", "Tom") });
  const second = { ...phone, page: await phone.context.newPage() };
  await open(second, server);
  await write(second, "from the second");
  await phone.page.locator("article.entry", { hasText: "from the second" }).waitFor();
  await write(phone, "from the first again");
  await second.page.locator("article.entry", { hasText: "from the first again" }).waitFor();
  assert.equal((await timeline(phone)).length, 3);
});

const AWAKE = [
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];

test(`two tabs that write ${EACH} entries each at once lose none, and both show all`, async (t) => {
  const server = await newServer(t);
  // A hidden tab is slowed down by the browser, which has nothing to do with what is tested here.
  const phone = await openPhone({ profile: scratch("tabs"), args: AWAKE });
  t.after(() => phone.close());
  await open(phone, server);
  await write(phone, "the first of all", { who: introduce("mother", "Ana", "Tom") });
  const second = { ...phone, page: await phone.context.newPage() };
  await open(second, server);
  const writing = async (tab, name) => {
    for (let n = 0; n < EACH; n += 1) await write(tab, `${name} ${n}`);
  };
  await Promise.all([writing(phone, "here"), writing(second, "there")]);
  for (const { page } of [phone, second]) {
    await goTo({ page }, "Us");
    await page.getByText(`${2 * EACH + 1} entries`).waitFor();
    await goTo({ page }, "Log");
    for (const name of ["here", "there"]) {
      await page.getByRole("searchbox").fill(name);
      await page.getByText(`${EACH} entries`, { exact: true }).waitFor();
    }
  }
});

test("a browser that blocks storage is told the truth, and the guide can be read", async (t) => {
  const server = await newServer(t);
  const phone = await openPhone({ profile: scratch("blocked") });
  t.after(() => phone.close());
  await phone.context.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    Object.defineProperty(window, "localStorage", { get: refuse });
    Object.defineProperty(window, "indexedDB", { get: refuse });
  });
  await open(phone, server);
  await phone.page.getByText("nothing you write can be saved here").waitFor();
  await phone.page.goto(`${server.url}#/guide/needs`);
  await phone.page.locator(".prose p").first().waitFor();
  await phone.page.goto(`${server.url}#/write`);
  await phone.page.locator("#words").fill("cannot be kept");
  await phone.page.getByRole("radio", { name: "The son" }).check();
  await phone.page.getByRole("button", { name: "Save", exact: true }).click();
  await phone.page.getByText("Not saved.").waitFor();
  assert.equal(await phone.page.locator("#words").inputValue(), "cannot be kept");
});
