// What a person does with the app, in words of the app: open, write, change, erase, give, take. Everything goes
// through what is on the screen.
import { readFile } from "node:fs/promises";
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
  if (who) {
    await page.getByRole("radio", { name: who.member === "mother" ? "The mother" : "The son" }).check();
    await page.locator("#own-name").fill(who.ownName);
    await page.locator("#other-name").fill(who.otherName);
  }
  await save(phone);
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

/** Makes a swap file and saves it; gives its path, name and text. */
export async function give(phone, { everything = false } = {}) {
  const { page } = phone;
  await goTo(phone, "Swap");
  await page.getByRole("button", { name: "Make the file" }).click();
  if (everything) {
    await page.getByRole("button", { name: "Make a file of everything" }).click();
    await page.getByRole("button", { name: "Make a file of everything" }).waitFor({ state: "detached" });
  }
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const download = await saved;
  const path = await download.path();
  return { path, name: download.suggestedFilename(), text: await readFile(path, "utf8") };
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
    await page.locator("#pasted").fill(file.text);
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
