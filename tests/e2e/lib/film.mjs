// One phone films the other: what stands on a real screen becomes the clip a fake camera plays.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newPhone } from "./browser.mjs";
import { scratch } from "./scratch.mjs";
import { newServer } from "./server.mjs";
import { goTo, goToPairing, introduce, open, sayYes, write } from "./phone.mjs";

/** A screen as a camera of 1280 x 720 sees it from near by. */
export const SCREEN = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false };

/** What makes Chromium play a clip (JPEGs one after the other, thirty a second, over and over) as its camera. */
export const camera = (clip) => [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  `--use-file-for-fake-video-capture=${clip}`,
];

/** Goes on to what leaves the phone and shows it as a moving code. */
export async function showCode({ page }) {
  await page.getByRole("button", { name: "Show as a moving code" }).click();
  const canvas = page.locator("canvas.code");
  await page.waitForFunction(() => document.activeElement?.matches("canvas.code"));
  // As a thumb does it: until all of it is in the picture.
  await canvas.evaluate((canvas) => canvas.scrollIntoView({ block: "center", behavior: "instant" }));
  await page.waitForTimeout(300);
}

/** So many different pictures of a screen that shows a moving code, as JPEG. */
export async function pictures({ page }, count) {
  const found = [];
  for (let tries = 0; found.length < count && tries < 20 * count; tries++) {
    const picture = await page.screenshot({ type: "jpeg", quality: 90 });
    if (!found.at(-1)?.equals(picture)) found.push(picture);
  }
  return found;
}

/** The upper part of one picture and the lower of the next: a screen filmed while it changes. */
export function torn({ page }, upper, lower) {
  const sources = [upper, lower].map((picture) => `data:image/jpeg;base64,${picture.toString("base64")}`);
  return page
    .evaluate(async (sources) => {
      const [upper, lower] = await Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          return image;
        }),
      );
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [upper.width, upper.height];
      const context = canvas.getContext("2d");
      context.drawImage(lower, 0, 0);
      const half = upper.height / 2;
      context.drawImage(upper, 0, 0, upper.width, half, 0, 0, upper.width, half);
      return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
    }, sources)
    .then((text) => Buffer.from(text, "base64"));
}

/** Writes a clip in which each picture stands for three of thirty frames a second: ten pictures a second. */
export async function writeClip(path, all) {
  await writeFile(path, Buffer.concat(all.flatMap((picture) => [picture, picture, picture])));
}

/** Films until all has been seen; gives what the preview says, and takes it in. */
export async function filmCode({ page }) {
  await page.getByRole("button", { name: "Film a moving code" }).click();
  await page.locator("#outcome").waitFor({ timeout: 60_000 });
  const said = await page.locator(".incoming, p#outcome").innerText();
  await page.getByRole("button", { name: "Take it in" }).click();
  await page.getByText("Done. This phone now holds what the file brought.").waitFor();
  return said;
}

/** Pairs two phones that film each other: each shows its code and films the other's, both compare and say yes. */
export async function filmPairing(one, other) {
  for (const phone of [one, other]) {
    await goToPairing(phone);
    await phone.page.waitForFunction(() => document.querySelector("#my-card")?.value);
    // A line at the foot may stand before the code for some seconds.
    await phone.page.locator(".notice").waitFor({ state: "detached" });
    const canvas = phone.page.locator("canvas.code-still");
    await canvas.evaluate((canvas) => canvas.scrollIntoView({ block: "center", behavior: "instant" }));
  }
  const screens = [await one.page.screenshot({ type: "jpeg", quality: 90 }), await other.page.screenshot({ type: "jpeg", quality: 90 })];
  const words = [];
  for (const [phone, screen] of [[one, screens[1]], [other, screens[0]]]) {
    await writeClip(phone.clip, [screen]);
    await phone.page.getByRole("button", { name: "Film the other phone's code" }).click();
    await phone.page.locator("#met").waitFor({ timeout: 60_000 });
    words.push(await phone.page.locator("ol.words li").allTextContents());
  }
  assert.equal(words[0].length, 6);
  assert.deepEqual(words[0], words[1]);
  for (const phone of [one, other]) await sayYes(phone);
}

const WORDS = "heron weir soup bus rain lamp bread hill boat kite moss stove letter cold plum owl tide gate wool salt".split(" ");

/** Two phones that film each other, each with so many entries, and no signal. */
export async function twoPhones(t, entries) {
  const server = await newServer(t);
  const folder = scratch("clips");
  const phones = [];
  for (const [name, who] of [["hers", introduce("mother", "Ana", "Tom")], ["his", introduce("son", "Tom", "Mum")]]) {
    const clip = join(folder, `${name}.mjpeg`);
    const phone = await newPhone(t, { device: SCREEN, args: camera(clip) });
    await open(phone, server);
    for (let n = 1; n <= entries; n++) {
      // Words that do not pack well, so that there are many frames.
      const words = Array.from({ length: 60 }, (_, at) => WORDS[(n * 31 + at * at * 7 + at * 3) % WORDS.length]).join(" ");
      await write(phone, `${name} ${n}: ${words} ${randomUUID()} ${randomUUID()}`, n === 1 ? { who } : {});
    }
    phones.push({ ...phone, clip });
  }
  return phones;
}

/** Prepares and shows a code on one phone, and has the other film it. `before` does what is done before that. */
export async function film(from, to, spoil = (all) => all, before = () => {}) {
  await goTo(from, "Swap");
  await from.page.getByRole("button", { name: "Make the file" }).click();
  await showCode(from);
  await before(from);
  await writeClip(to.clip, await spoil(await pictures(from, 24)));
  await from.page.getByRole("button", { name: "Stop showing" }).click();
  await goTo(to, "Swap");
  return filmCode(to);
}
