// The shell: what index.html shows until the program is here. It is the room Today as a new phone has it, so nothing may
// move or change when the program draws the same in its place; and it knows a phone that has been used before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { appRuns, newPhone } from "./lib/browser.mjs";
import { goTo, heading, introduce, open, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const PARTS = [
  "header .top", ".wordmark", ".top-us", "main", "main h1", ".welcome h2", ".welcome p", ".write-bar", ".write-bar strong",
  ".write-bar small", ".quick", ".quick a", "nav.bar", ".bar-link", ".bar-link span",
];

/** A server whose program comes late. */
async function slowServer(test, slow = 2500) {
  const server = await newServer(test);
  const [program] = (await (await fetch(server.url)).text()).match(/bothways-[0-9a-f]+_bg\.wasm/);
  server.faults.set(program, { slow });
  return server;
}

/** What stands on the screen and where. The page's own height is the room's business: it goes on below. */
const look = (page) =>
  page.evaluate(
    (parts) =>
      parts.flatMap((part) =>
        [...document.querySelectorAll(`#app ${part}`)].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          const { font, color, fontWeight } = getComputedStyle(element);
          return {
            part,
            box: part === "main" ? [x, y, width] : [x, y, width, height],
            look: [font, color, fontWeight],
            words: part === "main" ? "" : element.innerText,
            href: element.getAttribute("href"),
            name: element.getAttribute("aria-label"),
            current: element.getAttribute("aria-current"),
            icon: [...element.querySelectorAll("path")].map((path) => path.getAttribute("d")),
          };
        }),
      ),
    PARTS,
  );

/** Waits until it is on the screen: before that nobody sees how it is dressed. */
const standsThere = (page) =>
  page.waitForFunction(() => document.querySelector(".shell") && performance.getEntriesByName("first-contentful-paint").length > 0);

for (const [name, device] of [
  ["a phone", {}],
  ["a desk in the dark", { viewport: { width: 1280, height: 800 }, isMobile: false, colorScheme: "dark" }],
]) {
  test(`the program draws what stands there already, on ${name}`, async (t) => {
    const server = await slowServer(t);
    const { page } = await newPhone(t, { device });
    await page.addInitScript(() => {
      window.moved = 0;
      window.largest = [];
      const watch = (type, told) => new PerformanceObserver((list) => list.getEntries().forEach(told)).observe({ type, buffered: true });
      watch("layout-shift", ({ value }) => (window.moved += value));
      watch("largest-contentful-paint", ({ startTime }) => window.largest.push(startTime));
    });
    await page.goto(server.url);
    await standsThere(page);
    const before = await look(page);
    assert.ok(before.length > PARTS.length, "everything is there");
    await appRuns(page);
    assert.deepEqual(await look(page), before);
    // The largest text stood there before the program came, and nothing jumps when it does, nor when its content does.
    await page.locator("#today-gesture").waitFor();
    await page.waitForTimeout(500);
    const { moved, largest, came } = await page.evaluate(() => ({
      moved: window.moved,
      largest: window.largest,
      came: performance.getEntriesByType("resource").find(({ name }) => name.endsWith("_bg.wasm")).responseEnd,
    }));
    assert.ok(largest.length > 0 && Math.max(...largest) < came, `${largest} before ${came}`);
    assert.ok(moved < 0.01, `moved by ${moved}`);
  });
}

test("who has written here sees no first words again, and the look that was chosen", async (t) => {
  const server = await slowServer(t, 1000);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await page.locator(".welcome").waitFor();
  await write(phone, "The first of many", { who: introduce("mother", "Ana", "Tom") });
  await goTo(phone, "Today");
  assert.equal(await page.locator(".welcome").count(), 0);
  await goTo(phone, "Us");
  await page.getByRole("radio", { name: "Dark" }).check();
  await goTo(phone, "Today");
  // Whatever shows them, be it for one frame, is caught. The shell may stand for no longer: the worker has the program by now.
  await page.addInitScript(() => {
    window.schemes = [];
    const watch = () => {
      if (document.querySelector(".welcome")?.checkVisibility()) window.welcomed = true;
      if (document.querySelector(".shell")) window.schemes.push(document.documentElement.dataset.scheme);
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
  await page.reload();
  await appRuns(page);
  await page.locator("article.entry").waitFor();
  const [schemes, welcomed] = await page.evaluate(() => [window.schemes, window.welcomed]);
  assert.ok(schemes.length > 0, "the shell stood for no frame");
  assert.deepEqual([...new Set(schemes)], ["dark"]);
  assert.equal(welcomed, undefined);
});

test("a tap before the program is here is answered at once, and the program begins there", async (t) => {
  const server = await slowServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await page.goto(server.url);
  await standsThere(page);
  await page.locator(".shell nav.bar").getByRole("link", { name: "Log" }).click();
  await heading(phone, "Log");
  assert.equal(await page.locator(".shell").count(), 1, "the program is not here yet");
  assert.equal(await page.locator(".shell .write-bar").isVisible(), false, "nothing of Today under the name of another room");
  assert.equal(await page.locator(".bar-link[aria-current]").innerText(), "Log");
  await appRuns(page);
  await heading(phone, "Log");
  await page.goBack();
  await heading(phone, "Today");
  await page.locator(".welcome").waitFor();
});

test("the first picture waits for no file but the page, and neither does the answer to a tap", async (t) => {
  const server = await newServer(t);
  const html = await (await fetch(server.url)).text();
  const [sheet] = html.match(/app-[0-9a-f]+\.css/);
  server.faults.set("boot.js", { slow: 5000 });
  server.faults.set(sheet, { slow: 1500 });
  const phone = await newPhone(t, { device: { colorScheme: "dark" } });
  const { page } = phone;
  await page.addInitScript(() => localStorage.setItem("bothways.appearance", JSON.stringify({ scheme: "light" })));
  await page.goto(server.url, { waitUntil: "commit" });
  await standsThere(page);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).colorScheme), "light", "it is dressed");
  await page.locator(".shell nav.bar").getByRole("link", { name: "Log" }).click();
  await heading(phone, "Log");
  const come = () => page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)));
  assert.deepEqual((await come()).filter((name) => name === "boot.js" || name === sheet), [], "nothing else has come yet");
  await appRuns(page);
  assert.ok((await come()).includes(sheet), "the rooms have their sheet before they are drawn");
  await heading(phone, "Log");
});

test("no English stands there for who reads another language", async (t) => {
  const server = await slowServer(t);
  const phone = await newPhone(t, { device: { locale: "es-MX" } });
  const { page } = phone;
  await page.goto(server.url);
  await standsThere(page);
  assert.equal((await page.locator("#app").innerText()).trim(), "Bothways");
  await appRuns(page);
  await heading(phone, "Hoy");
  await page.getByText("Para una madre y su hijo").waitFor();
});
