// "Ready for outings" is a promise: from then on the host may be gone for good, and whatever was never opened before opens
// all the same, down to the programs beside the page that pairing, moving codes and backups need.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { lookInside, makeBackup } from "./lib/backup.mjs";
import { newPhone, readyForOutings } from "./lib/browser.mjs";
import { SCREEN, camera, film, filmPairing } from "./lib/film.mjs";
import { goTo, introduce, open, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const WHO = { hers: introduce("mother", "Ana", "Tom"), his: introduce("son", "Tom", "Mum") };

for (const base of ["/", "/x/y/"]) {
  test(`ready for outings is said once everything is there, and then everything works without a server, under ${base}`, async (t) => {
    const server = await newServer(t, { base });
    // One file is slow to come: nothing is promised before it is there.
    server.faults.set("codes_bg.wasm", { slow: 4000 });
    const folder = scratch("clips");
    const phones = [];
    for (const name of ["hers", "his"]) {
      const clip = join(folder, `${name}.mjpeg`);
      const phone = await newPhone(t, { device: SCREEN, args: camera(clip) });
      await open(phone, server);
      const promise = phone.page.getByText("Ready for outings: everything is on this phone.");
      if (name === "hers") await phone.page.waitForTimeout(2000);
      if (name === "hers") assert.equal(await promise.count(), 0, "not everything is here yet");
      await readyForOutings(phone.page, { timeout: 60_000 });
      await promise.waitFor();
      phones.push({ ...phone, clip, name });
    }
    await server.stop();
    const before = server.requests.length;
    const [hers, his] = phones;
    for (const phone of phones) {
      await phone.page.reload();
      for (const room of ["Guide", "Ideas", "Log", "Swap", "Us", "Today"]) await goTo(phone, room);
      await goTo(phone, "Guide");
      for (const list of ["Nine chapters", "Questions people ask"]) {
        await goTo(phone, "Guide");
        await phone.page.getByRole("heading", { name: list }).locator("xpath=following::a[1]").click();
        await phone.page.locator(".prose p").first().waitFor();
      }
      await write(phone, `written on the hill, ${phone.name}`, { who: WHO[phone.name] });
    }
    await filmPairing(hers, his);
    assert.match(await film(hers, his), /1 new entr/);
    assert.match(await film(his, hers), /1 new entr/);
    const all = ["written on the hill, hers", "written on the hill, his"];
    assert.deepEqual((await timeline(hers)).toSorted(), all);
    assert.deepEqual((await timeline(his)).toSorted(), all);
    const { words, files } = await makeBackup(hers);
    // Opened with the words, and understood: it is not for his phone.
    assert.match(await lookInside(his, words, files), /of the other one.s phone/);
    assert.equal(server.requests.length, before);
    assert.deepEqual([...hers.errors, ...his.errors], []);
  });
}
