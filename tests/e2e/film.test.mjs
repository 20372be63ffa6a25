// Two phones without any network: one films the moving code on the other's screen.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { SCREEN, camera, film, filmPairing, showCode, torn, twoPhones, writeClip } from "./lib/film.mjs";
import { addPhoto, cameraPicture } from "./lib/photo.mjs";
import { card, give, goTo, open, pair, pairWithNobody, save, take, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

/** So many entries go each way; `make soak` sends fifteen. */
const ENTRIES = Number(process.env.BOTHWAYS_FILMED ?? 6);

for (const [how, spoil] of [
  ["as it is", undefined],
  [
    "with every third frame lost, and others torn",
    async (all, phone) => {
      const some = all.filter((_, at) => at % 3 !== 2);
      const spoilt = [];
      for (const [at, picture] of some.entries()) {
        spoilt.push(picture);
        if (at % 2 === 0 && some[at + 1]) spoilt.push(await torn(phone, picture, some[at + 1]));
      }
      return spoilt;
    },
  ],
]) {
  test(`two phones pair and ${2 * ENTRIES} entries go from screen to camera both ways, ${how}`, async (t) => {
    const [hers, his] = await twoPhones(t, ENTRIES);
    for (const phone of [hers, his]) await phone.context.setOffline(true);
    await filmPairing(hers, his);
    const from = (name) => new RegExp(`From ${name}[^]*\\b${ENTRIES} new entries`);
    assert.match(await film(hers, his, spoil && ((all) => spoil(all, hers))), from("Ana"));
    assert.match(await film(his, hers, spoil && ((all) => spoil(all, his))), from("Tom"));
    const [here, there] = [await timeline(hers), await timeline(his)];
    assert.equal(here.length, 2 * ENTRIES);
    assert.deepEqual(here, there);
    assert.deepEqual([...hers.errors, ...his.errors], []);
  });
}

test("what was filmed shows small pictures of its photos, and the next file brings the photos", async (t) => {
  const [hers, his] = await twoPhones(t, 1);
  await pair(hers, his);
  await goTo(hers, "Log");
  await hers.page.getByRole("link", { name: "Write", exact: true }).click();
  await hers.page.locator("#words").fill("the heron itself");
  await addPhoto(hers, await cameraPicture(hers.page, { width: 900, height: 600 }));
  await hers.page.locator("img.photo").waitFor();
  await save(hers);
  assert.match(await film(hers, his), /2 new entries/);
  await goTo(his, "Log");
  const picture = card(his, "the heron itself").locator("img.photo");
  const width = (atLeast) =>
    his.page.waitForFunction((atLeast) => document.querySelector("img.photo")?.naturalWidth >= atLeast, atLeast);
  await width(1);
  assert.equal(await picture.evaluate((picture) => picture.naturalWidth), 320);
  // A tap brings no broken picture.
  await picture.click();
  await his.page.getByText("Only a small picture has come so far").waitFor();
  assert.equal(await picture.evaluate((picture) => picture.naturalWidth), 320);
  // He has said nothing since: what she sends next has it, and the words that are there already change nothing.
  assert.match(await take(his, await give(hers), { accept: true }), /1 photo/);
  await goTo(his, "Log");
  await width(640);
  await picture.click();
  await width(900);
  assert.equal(await his.page.locator("article.entry").count(), 3);
  assert.deepEqual([...hers.errors, ...his.errors], []);
});

test("filming can be stopped, and says so where there is no camera", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await goTo(phone, "Swap");
  await phone.page.getByRole("button", { name: "Film a moving code" }).click();
  await phone.page.getByText(/camera was not allowed|No camera could be opened/).waitFor();
  const blind = scratch("clips");
  const [clip] = [join(blind, "white.mjpeg")];
  const other = await newPhone(t, { device: SCREEN, args: camera(clip) });
  await open(other, server);
  await writeClip(clip, [await other.page.screenshot({ type: "jpeg" })]);
  await goTo(other, "Swap");
  await other.page.getByRole("button", { name: "Film a moving code" }).click();
  await other.page.locator(".film-found", { hasText: "No part seen yet" }).waitFor();
  // The camera shows something, and goes dark with the last tap.
  await other.page.waitForFunction(() => document.querySelector("video.camera").videoWidth > 0);
  const track = await other.page.evaluateHandle(() => document.querySelector("video.camera").srcObject.getTracks()[0]);
  await other.page.getByRole("button", { name: "Stop filming" }).click();
  await other.page.getByText("Stopped. Nothing was changed.").waitFor();
  await other.page.waitForFunction((track) => track.readyState === "ended", track);
  // And with leaving the room.
  await other.page.getByRole("button", { name: "Film a moving code" }).click();
  await other.page.waitForFunction(() => document.querySelector("video.camera")?.videoWidth > 0);
  const again = await other.page.evaluateHandle(() => document.querySelector("video.camera").srcObject.getTracks()[0]);
  await goTo(other, "Log");
  await other.page.waitForFunction((track) => track.readyState === "ended", again);
});

test("filming, showing and making a file make way for one another, and no camera is left on", async (t) => {
  const [phone] = await twoPhones(t, 1);
  await pairWithNobody(phone);
  const { page } = phone;
  await writeClip(phone.clip, [await page.screenshot({ type: "jpeg" })]);
  await goTo(phone, "Swap");
  const film = async () => {
    await page.getByRole("button", { name: "Film a moving code" }).click();
    await page.waitForFunction(() => document.querySelector("video.camera")?.videoWidth > 0);
    return page.evaluateHandle(() => document.querySelector("video.camera").srcObject.getTracks()[0]);
  };
  const isDark = (track) => page.waitForFunction((track) => track.readyState === "ended", track);
  // A file is made while the camera runs: the camera goes dark, and the file is there.
  const first = await film();
  await page.getByRole("button", { name: "Make the file" }).click();
  await page.getByRole("button", { name: "Save as a file" }).waitFor();
  await isDark(first);
  assert.equal(await page.locator("video.camera").count(), 0);
  // A code is shown, then the other is filmed: one screen, one thing. Then the other way round.
  await showCode(phone);
  const second = await film();
  await page.locator("canvas.code").waitFor({ state: "detached" });
  await showCode(phone);
  await isDark(second);
  await page.locator("video.camera").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Stop showing" }).click();
  // The worker is free again.
  await page.getByRole("button", { name: "Make the file" }).click();
  await page.getByRole("button", { name: "Save as a file" }).waitFor();
  assert.deepEqual(phone.errors, []);
});
