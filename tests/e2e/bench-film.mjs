// How fast a moving code is filmed: bytes a second with a fake camera that shows ten different frames a second, and how
// many frames it takes where three of ten are lost. Part of `make bench`.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { newPhone } from "./lib/browser.mjs";
import { SCREEN, camera, pictures, showCode, writeClip } from "./lib/film.mjs";
import { goTo, introduce, open, pair, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";

/** Bytes of a version 25 frame's symbol: `Frame::room` of its characters. */
const SYMBOL = Math.floor(1853 / 3) * 2 - 19;
const ENTRIES = 10;

/** Net bytes a second: what was filmed, packed, over the time from the first picture of the camera to the preview. */
export async function bytesPerSecond(test, server) {
  const clip = join(scratch("clips"), "screen.mjpeg");
  const hers = await newPhone(test, { device: SCREEN });
  const his = await newPhone(test, { device: SCREEN, args: camera(clip) });
  for (const phone of [hers, his]) await open(phone, server);
  for (let n = 0; n < ENTRIES; n++) {
    await write(hers, randomBytes(2_900).toString("hex"), n ? {} : { who: introduce("mother", "Ana", "Tom") });
  }
  await pair(hers, his, { who: [, introduce("son", "Tom", "Mum")] });
  await goTo(hers, "Swap");
  await hers.page.getByRole("button", { name: "Make the file" }).click();
  await showCode(hers);
  await writeClip(clip, await pictures(hers, 45));
  await goTo(his, "Swap");
  // The worker's program is there already, as after any other use.
  await his.page.evaluate(() => {
    window.film = new Promise((done) => {
      let first;
      const look = () => {
        const video = document.querySelector("video.camera");
        if (video?.currentTime > 0) first ??= performance.now();
        const total = Number(document.querySelector(".film progress")?.max ?? 0);
        if (total) window.total = total;
        if (document.querySelector("#outcome")) done({ ms: performance.now() - first, total: window.total });
        else requestAnimationFrame(look);
      };
      look();
    });
  });
  await his.page.getByRole("button", { name: "Film a moving code" }).click();
  const { ms, total } = await his.page.evaluate(() => window.film);
  return ((total - 1) * SYMBOL) / (ms / 1000);
}

/** Frames shown over those that would do ideally, at 30 % loss, for thirty blocks: measured in the domain's own test. */
export function framesOverIdeal() {
  const args = ["test", "-q", "-p", "bothways", "--test", "domain", "three_of_ten", "--", "--nocapture"];
  const said = execFileSync("cargo", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return Number(/^30 blocks: ([\d.]+)/m.exec(said)[1]);
}
