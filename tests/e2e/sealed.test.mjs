// Sealed answers: an envelope that opens for each of the two once both have answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone } from "./lib/browser.mjs";
import { give, goTo, heading, introduce, isAsked, open, pair, save, say, take, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

/** Answers the question that is open in the form. */
async function answer(phone, words, who) {
  const { page } = phone;
  await heading(phone, "Write");
  assert.ok(await page.getByRole("radio", { name: "Sealed until both have answered" }).isChecked());
  await page.locator("#words").fill(words);
  if (who && (await isAsked(phone))) await say(phone, who);
  await save(phone);
}

/** Everything the log shows, as it stands and when it is searched. */
async function shown(phone, word) {
  const { page } = phone;
  await goTo(phone, "Log");
  await page.locator("article.entry").first().waitFor();
  const log = await page.locator("main").innerText();
  await page.getByRole("searchbox").fill(word);
  await page.locator("[role=status]", { hasText: /\d+ entr|Nothing found/ }).first().waitFor();
  const all = log + (await page.locator("main").innerText());
  await page.getByRole("searchbox").fill("");
  return all;
}

test("a sealed answer is read by the other once they have answered, and not before", async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  for (const phone of [hers, his]) await open(phone, server);
  await goTo(hers, "Today");
  const question = await hers.page.locator(".question").first().innerText();
  const toQuestion = hers.page.getByRole("link", { name: "Write your answer", exact: true });
  const address = await toQuestion.getAttribute("href");
  await toQuestion.click();
  await answer(hers, "swallows over the river", introduce("mother", "Ana"));
  await hers.page.getByText("can read it after answering too").waitFor();
  await hers.page.getByText("swallows over the river").waitFor();

  // On his phone, which has not written a word yet.
  await pair(hers, his, { who: [, introduce("son", "Tom", "Mum")] });
  const file = await give(hers);
  assert.doesNotMatch(await take(his, file, { accept: true }), /swallows/);
  assert.doesNotMatch(await shown(his, "swallows"), /over the river/);
  await write(his, "something else", { who: introduce("son", "Tom", "Mum") });
  const shut = await shown(his, "swallows");
  assert.match(shut, /Ana has answered a question/);
  assert.ok(shut.includes(question));
  assert.doesNotMatch(shut, /over the river/);

  // His own answer opens hers at once; hers opens his with the next swap.
  await goTo(his, "Log");
  await his.page.locator(".entry-mother").getByRole("link", { name: "Write your answer", exact: true }).click();
  await answer(his, "owls on the stairs");
  await his.page.locator(".entry-mother", { hasText: "swallows over the river" }).waitFor();
  assert.match(await shown(his, "swallows"), /1 entry/);
  await take(hers, await give(his), { accept: true });
  assert.match(await shown(hers, "owls"), /owls on the stairs/);
  assert.equal(await hers.page.getByText("can read it after answering too").count(), 0);

  // It stays an answer when it is changed, and a second sealed one is not taken for the first.
  await goTo(his, "Log");
  await his.page.locator(".entry-son", { hasText: "owls" }).getByRole("link", { name: "Change", exact: true }).click();
  await heading(his, "Change an entry");
  assert.equal(await his.page.getByRole("radio", { name: "Both of us" }).count(), 0);
  assert.ok(await his.page.getByRole("radio", { name: "Sealed until both have answered" }).isChecked());
  await his.page.locator("#words").fill("owls on the roof");
  await save(his);
  await his.page.locator(".entry-mother", { hasText: "swallows over the river" }).waitFor();
  // The question of the week may be another since the two logs became one.
  await his.page.evaluate((address) => (location.hash = address), address);
  await heading(his, "Write");
  await his.page.locator("#words").fill("bats");
  await his.page.getByRole("button", { name: "Save", exact: true }).click();
  await his.page.getByText("You have answered this question sealed before").waitFor();
  await his.page.getByRole("radio", { name: "Both of us" }).check();
  await save(his);
  await take(hers, await give(his), { accept: true });
  assert.match(await shown(hers, "owls"), /owls on the roof/);
  assert.match(await shown(hers, "bats"), /bats/);
});
