// The three main journeys as they are heard, step by step: docs/screen-reader.md. BOTHWAYS_REGENERATE=1 (or
// `make screen-reader`) writes that document anew; read it then as somebody who hears nothing else.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { appRuns, newPhone } from "./lib/browser.mjs";
import { listenTo } from "./lib/listener.mjs";
import { give, goTo, heading, introduce, open, pair, save, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const DOCUMENT = fileURLToPath(new URL("../../docs/screen-reader.md", import.meta.url));
/** A day for which Today has the same in store. */
const NOW = new Date("2026-03-14T10:00:00Z");
const DEVICE = { timezoneId: "UTC", locale: "en-GB", reducedMotion: "reduce" };
const HEAD = `# How it is heard

Three journeys as a screen reader tells them: read, write, swap. Made by \`make screen-reader\` from the browser's own
accessibility tree (\`tests/e2e/screen-reader.test.mjs\`, \`lib/listener.mjs\`), and a test fails when the app no longer says it
so. Numbers are what a person does. Below each: \`page\` is the name of the page, where it has changed; \`focus\` where the
screen reader stands then, and so what it says first where that is new; \`status\` and \`alert\` what is said by itself. What is read on from there,
from top to bottom, follows after an empty line. Long texts are cut.
`;

/** A phone that is listened to, at the same moment and with the same chance in every run. */
async function heardPhone(t, server, chance) {
  const phone = await newPhone(t, { device: DEVICE });
  await phone.page.clock.setFixedTime(NOW);
  await phone.context.addInitScript((chance) => {
    // xorshift: ids, and the question of the week that follows from them, are the same each time.
    let state = chance;
    crypto.getRandomValues = (array) => {
      for (let at = 0; at < array.length; at++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        array[at] = state;
      }
      return array;
    };
  }, chance);
  const listener = await listenTo(phone);
  await phone.page.goto("about:blank");
  return { ...phone, listener, server };
}

/** A journey that is told step by step. */
function journey(phone, title) {
  const told = [`\n## ${title}\n`];
  let steps = 0;
  return {
    told,
    /** Does something, and tells what is heard then; and what is read on from there, if that is named. */
    async step(what, deed, { reads, until } = {}) {
      await deed(phone.page);
      await until?.(phone.page);
      // How long a short file takes to read and to store, and so whether that is said, is the machine's business.
      const heard = (await phone.listener.hears()).filter((line) => !/^status: (Reading|Taking it in) \.\.\.$/.test(line));
      const read = reads ? await phone.listener.reads(reads) : [];
      const today = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date());
      const lines = [...heard, ...(read.length > 0 ? ["", ...read] : [])].map((line) => line.replaceAll(today, "(today)").replace(/\d+(\.\d+)? KB/, "(size) KB"));
      told.push(`${++steps}. ${what}\n\n   \`\`\`text\n${lines.map((line) => (line ? `   ${line}` : "")).join("\n")}\n   \`\`\`\n`);
    },
  };
}

const press = (role, name) => (page) => page.getByRole(role, { name, exact: true }).first().click();
const isHeading = (name) => (page) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const opens = (server) => async (page) => {
  await page.goto(server.url);
  await appRuns(page);
};

async function reading(t, server) {
  const phone = await heardPhone(t, server, 1);
  const { told, step } = journey(phone, "Read: from the guide to an idea");
  await step("Opens the app for the first time.", opens(server), { until: (page) => page.getByText("Ready for outings").waitFor(), reads: "#app" });
  await step('Activates the link "Guide".', press("link", "Guide"), { until: isHeading("Guide"), reads: "main" });
  const chapter = await phone.page.locator("main .cards a").first().innerText();
  await step(`Activates the link "${chapter}".`, press("link", chapter), { until: isHeading(chapter), reads: "main" });
  const idea = await phone.page.locator("h2:text-is('Ideas that fit') + ul a").first().innerText();
  await step(`Activates the link "${idea}".`, press("link", idea), { until: isHeading(idea), reads: "main" });
  await step('Unfolds "Plan it for a day".', (page) => page.locator("summary", { hasText: "Plan it for a day" }).click(), { reads: "details" });
  await step('Activates the link "We did it".', press("link", "We did it"), { until: isHeading("Write"), reads: "main" });
  await step("Goes back, twice, to the chapter.", async (page) => {
    await page.goBack();
    await isHeading(idea)(page);
    await page.goBack();
  }, { until: isHeading(chapter) });
  await step('Goes to the guide, and types "listen" into the search field.', async (page) => {
    await goTo(phone, "Guide");
    await page.getByRole("searchbox").pressSequentially("listen");
  }, { until: (page) => page.locator("ul.cards mark").first().waitFor() });
  return told;
}

async function writing(t, server) {
  const phone = await heardPhone(t, server, 2);
  const { told, step } = journey(phone, "Write: from Today to a saved entry");
  await opens(server)(phone.page);
  await phone.listener.hears();
  await step('In Today, activates the link "Write something down".', press("link", "Write something down Two lines are enough."), { until: isHeading("Write") });
  await step('Activates "Save" before there are words.', press("button", "Save"), { until: (page) => page.getByText("There are no words yet").waitFor() });
  await step("Types.", (page) => page.locator("#words").fill("The heron stood at the weir."));
  await step('Chooses the feeling "Calm".', (page) => page.getByRole("radio", { name: "Calm", exact: true }).check(), { reads: "main" });
  await step("Chooses a word that is nearer.", (page) => page.getByRole("group", { name: "Nearer still" }).getByRole("radio").first().check());
  await step('Activates "Save" before it is said who writes.', press("button", "Save"), { until: (page) => page.getByText("Choose who writes").waitFor() });
  await step("Says who writes.", async (page) => {
    await page.getByRole("radio", { name: "The mother" }).check();
    await page.locator("#own-name").fill("Ana");
    await page.locator("#other-name").fill("Tom");
  });
  await step('Activates "Save".', press("button", "Save"), { until: isHeading("Log"), reads: "main" });
  await step('Activates "Erase".', press("button", "Erase"), { until: (page) => page.locator(".notice").getByText("Erased").waitFor() });
  await step('Activates "Undo".', press("button", "Undo"), { until: (page) => page.locator("article.entry").waitFor() });
  return told;
}

async function swapping(t, server) {
  const [hers, his] = [await heardPhone(t, server, 3), await newPhone(t, { device: DEVICE })];
  const { page } = hers;
  await opens(server)(page);
  await open(his, server);
  await write(hers, "hers, of the morning", { who: introduce("mother", "Ana", "Tom") });
  await write(his, "his, of the evening", { who: introduce("son", "Tom", "Mum") });
  await pair(hers, his);
  const file = await give(his);
  await goTo(hers, "Today");
  await hers.listener.hears();
  const { told, step } = journey(hers, "Swap: give a file, take one");
  await step('Activates the link "Swap".', press("link", "Swap"), { until: isHeading("Swap"), reads: "main" });
  await step('Activates "Make the file".', press("button", "Make the file"), { until: (page) => page.locator("#leaves").waitFor(), reads: ".leaves" });
  await step('Activates "Save as a file".', press("button", "Save as a file"), { until: (page) => page.locator(".notice").waitFor() });
  await step('Activates "Show as a moving code".', press("button", "Show as a moving code"), { until: (page) => page.locator("canvas.code").waitFor() });
  await step('Activates "Stop showing".', press("button", "Stop showing"));
  await step('Unfolds "Or paste", puts a text there that is no file, and activates "Read the text".', async (page) => {
    await page.locator("summary", { hasText: "Or paste" }).last().click();
    await page.locator("#pasted").fill("no file");
    await page.getByRole("button", { name: "Read the text" }).click();
  }, { until: (page) => page.locator("#outcome").waitFor() });
  await step("Puts his file there, and reads it.", async (page) => {
    await page.locator("#pasted").fill(file.sealed);
    await page.getByRole("button", { name: "Read the text" }).click();
  }, { until: (page) => page.locator(".incoming").waitFor(), reads: ".incoming" });
  await step('Activates "Leave it".', press("button", "Leave it"));
  await step("Picks his file.", async (page) => {
    const chosen = page.waitForEvent("filechooser");
    await page.getByText("Pick a file").click();
    await (await chosen).setFiles({ name: "his.txt", mimeType: "text/plain", buffer: Buffer.from(file.sealed) });
  }, { until: (page) => page.locator(".incoming").waitFor() });
  await step('Activates "Take it in".', press("button", "Take it in"), { until: (page) => page.getByText("Done. This phone now holds").waitFor(), reads: "section[aria-labelledby=take]" });
  await step("Takes it back.", (page) => page.locator("section[aria-labelledby=take] > .button-quiet").last().click(), { until: (page) => page.locator(".notice").waitFor() });
  return told;
}

test("the main journeys are heard as docs/screen-reader.md tells them", async (t) => {
  const server = await newServer(t);
  const told = [HEAD, ...(await reading(t, server)), ...(await writing(t, server)), ...(await swapping(t, server))].join("\n");
  if (process.env.BOTHWAYS_REGENERATE) writeFileSync(DOCUMENT, told);
  // Line by line: the first that differs, with what comes before it, tells more than all of it.
  const [heard, written] = [told.split("\n"), readFileSync(DOCUMENT, "utf8").split("\n")];
  const at = heard.findIndex((line, at) => line !== written[at]);
  if (at >= 0) assert.deepEqual(heard.slice(at - 12, at + 4), written.slice(at - 12, at + 4), `line ${at + 1}`);
  assert.equal(heard.length, written.length);
});
