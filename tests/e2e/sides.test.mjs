// A phone that was set up as the wrong one of the two can be set right, as long as the logs have not been joined.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { cardOf, give, goTo, goToPairing, introduce, meet, open, pair, take, timeline, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

test("two phones that were both the mother's become one log, with the right names", async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  for (const phone of [hers, his]) await open(phone, server);
  await write(hers, "from her", { who: introduce("mother", "Ana", "Tom") });
  await write(his, "sent as hers", { who: introduce("mother", "Tom", "Mum") });
  await write(hers, "hers again");
  for (const phone of [hers, his]) await goToPairing(phone);
  const { said, words } = await meet(hers, await cardOf(his));
  assert.match(said, /on that phone, open Us/);
  assert.deepEqual(words, []);
  await hers.page.getByRole("button", { name: "Back", exact: true }).click();
  await write(his, "not sent yet");

  await goTo(his, "Us");
  await his.page.getByText("Set up as the wrong one of you?").click();
  await his.page.getByRole("button", { name: "This is the son's phone" }).click();
  await his.page.getByText("Changed. Everything written here now has the right name.").waitFor();
  await goTo(his, "Log");
  await his.page.locator(".entry-son", { hasText: "sent as hers" }).waitFor();
  assert.equal(await his.page.locator(".entry-mother").count(), 0);
  assert.deepEqual(await timeline(his), ["not sent yet", "sent as hers"]);

  await pair(hers, his);
  assert.match(await take(hers, await give(his), { accept: true }), /2 new entries/);
  await take(his, await give(hers), { accept: true });
  for (const phone of [hers, his]) {
    await goTo(phone, "Log");
    await phone.page.locator(".entry-son").nth(1).waitFor();
    assert.equal(await phone.page.locator(".entry-son").count(), 2);
    assert.equal(await phone.page.locator(".entry-mother").count(), 2);
    assert.equal(await phone.page.locator(".entry-son .entry-name").first().innerText(), "Tom");
    assert.equal(await phone.page.locator(".entry-mother .entry-name").first().innerText(), "Ana");
  }
  // From now on both are in it: the way is closed.
  await goTo(his, "Us");
  await his.page.getByText("Who writes on this phone").waitFor();
  assert.equal(await his.page.getByText("Set up as the wrong one of you?").count(), 0);
});
