// The later part of the program: its rooms work with a signal and without, wait for it where it is slow, and say so where
// it cannot be had.
import assert from "node:assert/strict";
import { test } from "node:test";
import { appRuns, newPhone, readyForOutings } from "./lib/browser.mjs";
import { goTo, heading, introduce, open, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");

const nameOf = async (server) => (await (await fetch(server.url)).text()).match(/bothways-[0-9a-f]+_later\.wasm/)[0];
const isReady = (page) => page.waitForFunction(() => document.documentElement.dataset.later === "ready");
const missing = (page) => page.getByText("This page is not on this phone yet");

/** Every room of the later part, by its links. */
async function walk(phone) {
  const { page } = phone;
  await goTo(phone, "Swap");
  await goTo(phone, "Us");
  await page.locator("main a[href='#/kept/agreement']").click();
  await page.locator("main h1:not(:text-is('Us'))").waitFor();
  await page.goBack();
  await page.locator("main a[href='#/both']").click();
  await page.locator("ol.braid").waitFor();
  await goTo(phone, "Log");
  await page.locator("article.entry a[href^='#/log/']").first().click();
  await page.locator("main h1:not(:text-is('Log'))").waitFor();
  assert.equal(await page.locator("#crash").isHidden(), true);
}

test("its rooms work online, and offline from the first picture on", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await isReady(phone.page);
  await write(phone, "stays", { who: HER });
  await walk(phone);
  await readyForOutings(phone.page);
  await server.stop();
  await phone.page.goto(`${server.url}#/swap`);
  await phone.page.reload();
  await heading(phone, "Swap");
  await walk(phone);
});

for (const address of ["#/swap", "#/us", "#/both", "#/kept/agreement", "#/write", "#/new/letter", "#/guide/needs/1"]) {
  test(`${address} waits for it, in silence first and then in words`, async (t) => {
    const server = await newServer(t);
    server.faults.set(await nameOf(server), { slow: 2500 });
    const phone = await newPhone(t);
    const { page } = phone;
    await page.goto(server.url + address);
    await page.getByText("One moment").waitFor();
    assert.equal(await missing(page).isVisible(), false);
    await page.locator("main h1").waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.later), "ready");
    assert.equal(await page.getByText("One moment").isVisible(), false);
    assert.equal(await page.locator("#crash").isHidden(), true);
  });
}

test("where it cannot be had one is told, can try again, and the rest goes on", async (t) => {
  const server = await newServer(t);
  const name = await nameOf(server);
  server.faults.set(name, { status: 404 });
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await page.goto(`${server.url}#/swap`);
  await missing(page).waitFor();
  for (const room of ["Guide", "Ideas", "Log"]) await goTo(phone, room);
  // Coming back asks again.
  const before = server.asked(name);
  await page.goto(`${server.url}#/us`);
  await missing(page).waitFor();
  assert.ok(server.asked(name) > before);
  await page.getByRole("button", { name: "Try again" }).click();
  await missing(page).waitFor();
  server.faults.delete(name);
  await page.getByRole("button", { name: "Try again" }).click();
  await heading(phone, "Us");
  await goTo(phone, "Swap");
  assert.equal(await page.locator("#crash").isHidden(), true);
});

for (const [what, fault] of Object.entries({
  "is cut off": { cut: true },
  "is another file": { body: "<!doctype html>", type: "text/html" },
})) {
  test(`where it ${what} nothing stops, and it is brought with the next try`, async (t) => {
    const server = await newServer(t);
    const name = await nameOf(server);
    server.faults.set(name, fault);
    const phone = await newPhone(t);
    await phone.page.goto(`${server.url}#/us`);
    await appRuns(phone.page);
    await missing(phone.page).waitFor();
    server.faults.delete(name);
    await phone.page.getByRole("button", { name: "Try again" }).click();
    await heading(phone, "Us");
    assert.equal(await phone.page.locator("#crash").isHidden(), true);
  });
}
