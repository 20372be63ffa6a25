// A backup as a person makes it, and as it comes back.
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { goTo } from "./phone.mjs";
import { scratch } from "./scratch.mjs";

/** Makes a backup and saves all its files; gives the words and the paths. */
export async function makeBackup(phone) {
  const { page } = phone;
  await goTo(phone, "Swap");
  await page.getByRole("button", { name: "Make a backup" }).click();
  await page.locator("#six-words").waitFor();
  const words = await page.locator(".six-words").innerText();
  await page.getByRole("button", { name: "They are on paper" }).click();
  await page.locator("#backup-made").waitFor({ timeout: 120_000 });
  const folder = scratch("backup");
  const files = [];
  for (const button of await page.locator("section[aria-labelledby=backup] .lines").getByRole("button", { name: "Save" }).all()) {
    const saved = page.waitForEvent("download");
    await button.click();
    const download = await saved;
    const path = join(folder, download.suggestedFilename());
    await copyFile(await download.path(), path);
    files.push(path);
  }
  return { words, files };
}

/** Picks the files and types the words, and looks inside; gives what is said. Nothing has changed then. */
export async function lookInside(phone, words, files) {
  const { page } = phone;
  await goTo(phone, "Swap");
  const fold = page.locator("details", { hasText: "I have a backup" });
  await fold.waitFor();
  if (!(await fold.evaluate((it) => it.open))) await fold.locator("summary").click();
  const chosen = page.waitForEvent("filechooser");
  await page.getByText("Pick its files").click();
  await (await chosen).setFiles(files);
  await page.locator("#backup-words").fill(words);
  await page.getByRole("button", { name: "Look inside" }).click();
  await page.locator("#opened").waitFor({ timeout: 120_000 });
  return page.locator("details .incoming, p#opened").innerText();
}

/** Says yes to what is inside. */
export async function restoreIt({ page }) {
  await page.getByRole("button", { name: "Restore it" }).click();
  await page.getByText(/^Restored[,.]/).waitFor({ timeout: 120_000 });
}
