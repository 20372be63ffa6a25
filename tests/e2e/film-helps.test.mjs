// What helps where one phone does not see the other's code well, and what is said while it does not.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { film, pictures, showCode, twoPhones, writeClip } from "./lib/film.mjs";
import { goTo, goToPairing, pair, take } from "./lib/phone.mjs";

/** Begins to film; resolves once the camera shows something. */
async function beginFilming({ page }) {
  await page.getByRole("button", { name: "Film a moving code" }).click();
  await page.waitForFunction(() => document.querySelector("video.camera")?.videoWidth > 0);
}

/** What a camera sees that looks at nothing in particular. */
async function blankClip({ page, clip }) {
  await writeClip(clip, [await page.screenshot({ type: "jpeg" })]);
}

/** How wide the squares of a code are, in pixels: as the stretch of light or dark that is seen most often. 0 for none. */
async function squares({ page }) {
  const picture = await page.locator("canvas.code").screenshot();
  return page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const isDark = (at) => data[4 * at] < 128;
    const stretches = [];
    let since = 0;
    for (let at = 1; at < width * height; at++) {
      if (at % width > 0 && isDark(at) === isDark(at - 1)) continue;
      if (at - since < width / 10) stretches[at - since] = (stretches[at - since] ?? 0) + 1;
      since = at;
    }
    return Math.max(0, stretches.indexOf(Math.max(...stretches.filter(Boolean))));
  }, `data:image/png;base64,${picture.toString("base64")}`);
}

test("a code that is too fine for the other camera is shown with larger squares, and arrives", async (t) => {
  const [hers, his] = await twoPhones(t, 2);
  await pair(hers, his);
  let fine;
  const said = await film(hers, his, undefined, async ({ page }) => {
    fine = await squares(hers);
    await page.getByRole("button", { name: "Larger squares" }).click();
    await page.getByRole("button", { name: "Larger squares" }).waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.matches("canvas.code"));
    await page.locator("canvas.code").evaluate((canvas) => canvas.scrollIntoView({ block: "center", behavior: "instant" }));
    // The file is made anew, and there is nothing until then.
    let large = 0;
    for (let tries = 0; large === 0 && tries < 100; tries++) large = await squares(hers);
    assert.ok(fine > 2 && large > 1.4 * fine, `${fine}, then ${large}`);
  });
  assert.match(said, /From Ana[^]*2 new entries/);
  // The next code is as fine as at first.
  await goTo(hers, "Swap");
  await hers.page.getByRole("button", { name: "Make the file" }).click();
  await showCode(hers);
  let again = 0;
  for (let tries = 0; again === 0 && tries < 100; tries++) again = await squares(hers);
  assert.equal(again, fine);
  assert.deepEqual([...hers.errors, ...his.errors], []);
});

test("where nothing new is seen for a while, it is said what helps", async (t) => {
  const [phone] = await twoPhones(t, 0);
  const { page } = phone;
  await blankClip(phone);
  await goToPairing(phone, { member: "mother", ownName: "Ana" });
  await page.getByRole("button", { name: "Film the other phone's code" }).click();
  await page.waitForFunction(() => document.querySelector("video.camera")?.videoWidth > 0);
  assert.equal(await page.getByText("Nothing new for a while").count(), 0);
  await page.getByText("Nothing new for a while").waitFor({ timeout: 20_000 });
  assert.deepEqual(phone.errors, []);
});

test("a camera that something else takes away is told of, and the filming goes on where it was", async (t) => {
  const [hers, his] = await twoPhones(t, 12);
  await pair(hers, his);
  await goTo(hers, "Swap");
  await hers.page.getByRole("button", { name: "Make the file" }).click();
  await showCode(hers);
  const all = await pictures(hers, 24);
  await hers.page.getByRole("button", { name: "Stop showing" }).click();
  // At first only some of it: far too few to be all, and enough that one of them is read.
  await writeClip(his.clip, all.slice(2, 5));
  await goTo(his, "Swap");
  await beginFilming(his);
  const found = async () => Number((await his.page.locator(".film-found").innerText()).match(/^(\d+) of/)?.[1]);
  await his.page.waitForFunction(() => document.querySelector(".film-found")?.textContent.match(/^[1-9]\d* of/), null, { timeout: 60_000 });
  const seen = await found();
  // Another program has it now.
  await his.page.evaluate(() => {
    const { mediaDevices } = navigator;
    window.ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException("in use", "NotReadableError"));
    document.querySelector("video.camera").srcObject.getTracks()[0].stop();
  });
  await his.page.getByText("Something else is using the camera").waitFor();
  // What was seen stays; a picture on its way when the camera went may have added to it.
  assert.ok((await found()) >= seen, "nothing that was seen is lost");
  await writeClip(his.clip, all);
  await his.page.evaluate(() => (navigator.mediaDevices.getUserMedia = window.ask));
  await his.page.getByText("Something else is using the camera").waitFor({ state: "detached" });
  await his.page.locator("#outcome").waitFor({ timeout: 60_000 });
  assert.match(await his.page.locator(".incoming").innerText(), /From Ana[^]*12 new entries/);
  // Muted, it comes back by itself.
  await his.page.getByRole("button", { name: "Leave it" }).click();
  await blankClip(his);
  await beginFilming(his);
  const mute = (muted) =>
    his.page.evaluate((muted) => {
      const track = document.querySelector("video.camera").srcObject.getTracks()[0];
      Object.defineProperty(track, "muted", { value: muted, configurable: true });
    }, muted);
  await mute(true);
  await his.page.getByText("Something else is using the camera").waitFor();
  await mute(false);
  await his.page.getByText("Something else is using the camera").waitFor({ state: "detached" });
  assert.deepEqual([...hers.errors, ...his.errors], []);
});

test("the phone shakes when all is seen, if that was chosen", async (t) => {
  const [hers, his] = await twoPhones(t, 1);
  await pair(hers, his);
  await his.page.evaluate(() => {
    window.shaken = 0;
    navigator.vibrate = () => (window.shaken += 1);
  });
  await film(hers, his);
  assert.equal(await his.page.evaluate(() => window.shaken), 0, "off until it is chosen");
  const box = () => his.page.getByRole("checkbox", { name: "Shake this phone" });
  // Chosen while there is nothing to see: all of it would be seen before the box is found.
  const clip = await readFile(his.clip);
  await blankClip(his);
  await beginFilming(his);
  assert.equal(await box().isChecked(), false);
  await box().check();
  await his.page.getByRole("button", { name: "Stop filming" }).click();
  await writeFile(his.clip, clip);
  await beginFilming(his);
  await his.page.locator("#outcome").waitFor({ timeout: 60_000 });
  assert.equal(await his.page.evaluate(() => window.shaken), 1);
  await his.page.reload();
  await goTo(his, "Swap");
  await beginFilming(his);
  assert.equal(await box().isChecked(), true, "kept");
  assert.deepEqual([...hers.errors, ...his.errors], []);
});

test("a picture of a code can be picked: what the code says is read", async (t) => {
  const [phone] = await twoPhones(t, 1);
  const { page } = phone;
  const none = await page.screenshot();
  await goToPairing(phone);
  await page.waitForFunction(() => document.querySelector("#my-card")?.value);
  const picked = (buffer) => take(phone, { name: "picture.png", type: "image/png", buffer });
  assert.match(await picked(none), /it is a picture/);
  // The code for pairing is no swap file, and no longer only a picture. It is drawn a moment after its text is there.
  let said;
  for (let tries = 0; tries < 10; tries++) {
    await goToPairing(phone);
    await page.waitForTimeout(200);
    const code = await page.locator("canvas.code-still").screenshot();
    said = await picked(code);
    if (!/it is a picture/.test(said)) break;
  }
  assert.match(said, /not a file from Bothways/);
  assert.deepEqual(phone.errors, []);
});
