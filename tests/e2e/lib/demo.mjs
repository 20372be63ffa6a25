// A phone with the log of an invented pair on it: what `make demo` writes, restored as a person would.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lookInside, restoreIt } from "./backup.mjs";
import { appRuns } from "./browser.mjs";
import { goTo, open } from "./phone.mjs";

/** The words the backup is sealed with: those that `make demo` prints. */
const WORDS = "soup bridge train window lemon story";

/** Restores the log of a pair ("little" or "grown") on a new phone, which speaks this language from then on. */
export async function loadDemo(phone, server, pair, language = "en") {
  const file = fileURLToPath(new URL(`../../../target/demo/${pair}.${language}.txt`, import.meta.url));
  if (!existsSync(file)) throw new Error(`there is no ${file}: run \`make demo PAIR=${pair} LANGUAGE=${language}\``);
  await open(phone, server);
  await lookInside(phone, WORDS, [file]);
  await restoreIt(phone);
  if (language !== "en") await speak(phone, language);
}

/** Chooses a language, on a phone that speaks English. */
async function speak(phone, language) {
  await goTo(phone, "Us");
  const loaded = phone.page.waitForEvent("load");
  await phone.page.getByLabel("Language").selectOption(language);
  await loaded;
  await appRuns(phone.page);
}
