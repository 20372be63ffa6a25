// What a person does with the app, in words of the app: open, write, change, erase, give, take. Everything goes
// through what is on the screen.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { opened, secretsOf } from "./age.mjs";
import { newCard } from "./card.mjs";
import { stored } from "./database.mjs";
import { appRuns } from "./browser.mjs";

/** Opens the app on a phone. */
export async function open(phone, server) {
  await phone.page.goto(server.url);
  await appRuns(phone.page);
}

/** Goes to a room by its link, as a thumb would. */
export async function goTo(phone, room) {
  const place = room === "Us" ? "header" : "nav";
  await phone.page.locator(place).getByRole("link", { name: room, exact: true }).click();
  await heading(phone, room);
}

/** Waits for a page with this heading. */
export function heading(phone, name) {
  return phone.page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

/** Who writes here, for a first entry. */
export function introduce(member, ownName, otherName) {
  return { member, ownName, otherName };
}

/** Writes an entry and waits until the app says that it is saved. */
export async function write(phone, words, { who, feeling, theme, from } = {}) {
  const { page } = phone;
  if (!from) {
    await goTo(phone, "Log");
    await page.getByRole("link", { name: "Write", exact: true }).click();
  }
  await heading(phone, "Write");
  await page.locator("#words").fill(words);
  if (feeling) await page.getByRole("radio", { name: feeling, exact: true }).check();
  if (theme) await page.getByLabel("Theme").selectOption(theme);
  if (who && (await isAsked(phone))) await say(phone, who);
  await save(phone);
}

/** Whether it is asked who writes here: not once it was said. */
export function isAsked({ page }) {
  return page.locator(".introduce").isVisible();
}

/** Says who writes here. */
export async function say({ page }, who) {
  await page.getByRole("radio", { name: who.member === "mother" ? "The mother" : "The son" }).check();
  await page.locator("#own-name").fill(who.ownName);
  if (who.otherName) await page.locator("#other-name").fill(who.otherName);
}

/** Saves the form that is open. */
export async function save(phone) {
  await phone.page.getByRole("button", { name: "Save", exact: true }).click();
  await phone.page.getByText("Saved on this phone.").waitFor();
  await heading(phone, "Log");
}

/** The card of the entry with these words. */
export function card(phone, words) {
  return phone.page.locator("article.entry").filter({ hasText: words });
}

/** Changes the words of an entry. */
export async function change(phone, from, to) {
  await goTo(phone, "Log");
  await card(phone, from).getByRole("link", { name: "Change", exact: true }).click();
  await heading(phone, "Change an entry");
  await phone.page.locator("#words").fill(to);
  await save(phone);
}

/** Erases an entry, without undoing it. */
export async function erase(phone, words) {
  await goTo(phone, "Log");
  await card(phone, words).getByRole("button", { name: "Erase" }).click();
  await card(phone, words).waitFor({ state: "detached" });
}

/** Every entry's words, in the order of the timeline. */
export async function timeline(phone) {
  await goTo(phone, "Log");
  await phone.page.locator("article.entry, .message").first().waitFor();
  return phone.page.locator("article.entry .entry-words").allTextContents();
}

/** Goes where a phone is paired: the first time to the room's own card, then to the list of phones. */
export async function goToPairing(phone, who) {
  const { page } = phone;
  await goTo(phone, "Swap");
  await page.locator("#pair, summary:text-is('Your phones')").first().waitFor();
  if (!(await page.locator("#pair").isVisible())) {
    await page.locator("summary", { hasText: "Your phones" }).click();
    await page.getByRole("button", { name: "Pair another phone" }).click();
  }
  if (who && (await isAsked(phone))) {
    await say(phone, who);
    await page.getByRole("button", { name: "Go on" }).click();
  }
  await page.getByRole("button", { name: "Film the other phone's code" }).waitFor();
}

/** The text of the code a phone shows to be paired. */
export async function cardOf({ page }) {
  await page.waitForFunction(() => document.querySelector("#my-card")?.value.startsWith("BOTHWAYS:"));
  return page.locator("#my-card").inputValue();
}

/** Pastes the other phone's code; gives what is said of it, and the words to compare. */
export async function meet({ page }, card) {
  await page.locator("summary", { hasText: "Or paste the other phone's code" }).click();
  await page.locator("#their-card").fill(card);
  await page.getByRole("button", { name: "Read the code" }).click();
  await page.locator("#met").waitFor();
  const words = await page.locator("ol.words li").allTextContents();
  return { said: await page.locator(".incoming").innerText(), words };
}

/** Says yes to the words. */
export async function sayYes({ page }) {
  await page.getByRole("button", { name: "They are the same" }).click();
  await page.getByText("Paired. Now you can swap.").waitFor();
}

/** Pairs a phone with one that is nowhere, so that it can make files. */
export async function pairWithNobody(phone, parts) {
  await goToPairing(phone);
  await meet(phone, newCard(parts));
  await sayYes(phone);
}

/** Pairs two phones by their codes as text; both show the same words, and both say yes. */
export async function pair(one, other, { who = [] } = {}) {
  for (const [at, phone] of [one, other].entries()) await goToPairing(phone, who[at]);
  const cards = [await cardOf(one), await cardOf(other)];
  const met = [await meet(one, cards[1]), await meet(other, cards[0])];
  assert.equal(met[0].words.length, 12);
  assert.deepEqual(met[0].words, met[1].words);
  await sayYes(one);
  await sayYes(other);
  return met;
}

/** Who does not write on a phone, by what it keeps of itself. */
export async function otherOf({ page }) {
  const { home } = await stored(page, ["home"]);
  const { member } = JSON.parse(home.find(([key]) => key === "home")[1]);
  return member === "son" ? "mother" : "son";
}

/**
 * Makes a swap file and saves it; gives its path, name and text, and what stands in it once it is opened. A phone that
 * has never been paired is paired with one that is nowhere.
 */
export async function give(phone, { everything = false } = {}) {
  const { page } = phone;
  await goTo(phone, "Swap");
  await page.locator("#pair, #give").first().waitFor();
  if (await page.locator("#pair").isVisible()) await pairWithNobody(phone, { member: await otherOf(phone) });
  await page.getByRole("button", { name: "Make the file" }).click();
  if (everything) {
    await page.getByRole("button", { name: "Make a file of everything" }).click();
    await page.getByRole("button", { name: "Make a file of everything" }).waitFor({ state: "detached" });
  }
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const download = await saved;
  const path = await download.path();
  const sealed = await readFile(path, "utf8");
  return { path, name: download.suggestedFilename(), sealed, text: await opened(sealed, await secretsOf(phone)) };
}

/**
 * Takes a file in: through the file picker, or by paste. Gives what the preview said. `accept` says yes to it;
 * otherwise it is left.
 */
export async function take(phone, file, { paste = false, accept = false } = {}) {
  const { page } = phone;
  await goTo(phone, "Swap");
  if (paste) {
    await page.locator("summary", { hasText: "Or paste" }).click();
    await page.locator("#pasted").fill(file.sealed ?? file.text);
    await page.getByRole("button", { name: "Read the text" }).click();
  } else {
    const chosen = page.waitForEvent("filechooser");
    await page.getByText("Pick a file").click();
    await (await chosen).setFiles(file.buffer ? { name: file.name, mimeType: file.type ?? "text/plain", buffer: file.buffer } : file.path);
  }
  const outcome = page.locator("#outcome");
  await outcome.waitFor();
  const said = await page.locator(".incoming, p#outcome").innerText();
  if (accept) {
    await page.getByRole("button", { name: "Take it in" }).click();
    await page.getByText("Done. This phone now holds what the file brought.").waitFor();
    await outcome.waitFor({ state: "detached" });
  } else if (await page.getByRole("button", { name: "Leave it" }).isVisible()) {
    await page.getByRole("button", { name: "Leave it" }).click();
  }
  return said;
}
