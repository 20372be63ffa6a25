// Photos: picked, made small, cleaned, kept, sent, shown, erased; and a phone that has no room for them.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newPhone, readyForOutings } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { card, erase, give, goTo, heading, introduce, open, pair, pairWithNobody, save, take, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { addPhoto, cameraPicture } from "./lib/photo.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Ana");

async function startWriting(phone, words) {
  await goTo(phone, "Log");
  await phone.page.getByRole("link", { name: "Write", exact: true }).click();
  await heading(phone, "Write");
  await phone.page.locator("#words").fill(words);
}

/** Whether a photo is on the screen, decoded. */
const shown = (phone, words) =>
  card(phone, words)
    .locator("img.photo")
    .evaluate(async (img) => {
      await img.decode();
      return [img.naturalWidth, img.naturalHeight];
    });

/** Photos in the database; each with its thumbnail. */
async function photosKept(phone) {
  const keys = (await stored(phone.page, ["photos"])).photos.map(([key]) => key);
  const thumbnails = keys.filter((key) => key.includes("/thumbnail/"));
  assert.equal(keys.length, 2 * thumbnails.length, `${keys}`);
  return thumbnails.length;
}

test("a photo is made small and clean, goes to the other phone, and is gone from both once erased", async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  await open(hers, server);
  await open(his, server);
  await pair(hers, his, { who: [HER, HIM] });
  await write(hers, "the first");
  const picture = await cameraPicture(hers.page, { width: 2400, height: 1200 });
  await startWriting(hers, "look at this");
  await addPhoto(hers, picture);
  await hers.page.locator("img.photo").waitFor();
  await save(hers);
  // Small in the list, so that a year of photos fits into a phone's memory; whole once it is tapped.
  assert.deepEqual(await shown(hers, "look at this"), [640, 320]);
  await hers.page.getByRole("button", { name: "Photo by Ana. Show it larger" }).click();
  await hers.page.locator("img.photo-large").waitFor();
  await hers.page.waitForFunction(() => document.querySelector("img.photo-large").naturalWidth === 1600);
  assert.equal(await hers.page.evaluate(() => document.activeElement.getAttribute("aria-pressed")), "true");
  assert.deepEqual(await shown(hers, "look at this"), [1600, 800]);

  const file = await give(hers);
  const chunks = file.text.split("\n").filter((line) => line.includes("blob-chunk"));
  const sent = Buffer.concat(chunks.map((line) => Buffer.from(JSON.parse(line).data, "base64")));
  assert.deepEqual([...sent.subarray(0, 2)], [0xff, 0xd8]);
  for (const mark of ["Exif", "GPSLatitude", "Zebrafinch", "http://ns.adobe.com", "Photoshop"]) {
    assert.ok(!sent.includes(mark), `${mark} is in the photo`);
  }
  assert.ok(!file.text.includes("Zebrafinch"));
  await take(his, file, { accept: true });
  await goTo(his, "Log");
  assert.deepEqual(await shown(his, "look at this"), [640, 320]);

  await erase(hers, "look at this");
  await hers.page.waitForTimeout(12_000);
  assert.equal(await photosKept(hers), 0);
  const after = await give(hers);
  assert.ok(!after.text.includes("blob-chunk"));
  await take(his, after, { accept: true });
  assert.equal(await photosKept(his), 0);
});

test("a photo goes once, and again with everything", async (t) => {
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  const server = await newServer(t);
  for (const phone of [hers, his]) await open(phone, server);
  await pair(hers, his, { who: [HER, HIM] });
  await write(hers, "before the photo");
  await startWriting(hers, "look at this");
  await addPhoto(hers, await cameraPicture(hers.page, { width: 40, height: 30 }));
  await hers.page.locator("img.photo").waitFor();
  await save(hers);
  assert.match(await take(his, await give(hers), { accept: true }), /1 photo/);
  await write(his, "seen");
  await take(hers, await give(his), { accept: true });
  await write(hers, "after the photo");
  const next = await give(hers);
  await hers.page.getByText(/^The file has [1-9] KB\.$/).waitFor();
  assert.ok(next.text.includes("after the photo") && !next.text.includes("blob-chunk"), "it went again");
  const all = await give(hers, { everything: true });
  assert.ok(all.text.includes("blob-chunk"));
  assert.doesNotMatch(await take(his, all, { accept: true }), /photo\b/);
  await goTo(his, "Log");
  assert.deepEqual(await shown(his, "look at this"), [40, 30]);
});

test("a photo that was picked for an entry that is given up goes, and a picture that is none is told", async (t) => {
  const phone = await newPhone(t);
  await open(phone, await newServer(t));
  await write(phone, "the first", { who: HER });
  await startWriting(phone, "not after all");
  await addPhoto(phone, await cameraPicture(phone.page, { width: 40, height: 30 }));
  await phone.page.locator("img.photo").waitFor();
  assert.equal(await photosKept(phone), 1);
  const path = join(scratch("picture"), "none.jpg");
  writeFileSync(path, "no picture at all");
  await addPhoto(phone, path);
  await phone.page.getByText("could not be read as a picture").waitFor();
  // A reload in the middle: the draft and its photo are there.
  await phone.page.reload();
  await phone.page.locator("img.photo").waitFor();
  assert.equal(await phone.page.locator("#words").inputValue(), "not after all");
  await phone.page.getByRole("button", { name: "Remove the photo" }).click();
  await phone.page.locator("img.photo").waitFor({ state: "detached" });
});

test("a phone without room says so, keeps the words, and can still give what it has", async (t) => {
  const phone = await newPhone(t);
  const server = await newServer(t);
  await open(phone, server);
  await write(phone, "before the end of room", { who: HER });
  await pairWithNobody(phone);
  const picture = await cameraPicture(phone.page, { width: 3000, height: 2400, bytes: 5_000_000 });
  // The app itself fills more than is left below; before it is all there, a small photo would still fit.
  await readyForOutings(phone.page);
  const devtools = await phone.context.newCDPSession(phone.page);
  await startWriting(phone, "the words that must not be lost");
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: new URL(server.url).origin, quotaSize: 200_000 });
  // For half a minute the browser goes on believing the room it had measured before.
  await phone.page.waitForTimeout(32_000);
  await addPhoto(phone, picture);
  await phone.page.getByText("Not saved.").waitFor();
  assert.equal(await phone.page.locator("#words").inputValue(), "the words that must not be lost");
  assert.equal(await photosKept(phone), 0);
  // A long entry: whether or not it fits, what is said is true.
  const long = "no room for this ".repeat(450);
  await phone.page.locator("#words").fill(long);
  await phone.page.getByRole("button", { name: "Save", exact: true }).click();
  const saved = phone.page.getByText("Saved on this phone.");
  const refused = phone.page.locator(".message-warn", { hasText: "Not saved." });
  await saved.or(refused).first().waitFor();
  const bodies = (await stored(phone.page, ["bodies"])).bodies.length;
  if (await refused.isVisible()) {
    assert.equal(bodies, 2, "called not saved, and there all the same");
    assert.equal(await phone.page.locator("#words").inputValue(), long);
    await refused.getByRole("link").click();
  } else {
    assert.equal(bodies, 3, "called saved, and not there");
    await goTo(phone, "Swap");
  }
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: new URL(server.url).origin });
  assert.match((await give(phone)).text, /before the end of room/);
});
