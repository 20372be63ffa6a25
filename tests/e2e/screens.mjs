// Pictures of every room with a year of a log in it: `make screens`. For each pair, language, size and scheme one sheet of
// their upper parts, as a JPEG in docs/screens/, with the README's and the book as it is printed; every single picture, and
// the books as PDF, in target/screens/.
//
// PAIRS, LANGUAGES and SIZES name what is wanted, if not everything: PAIRS=little LANGUAGES=en,es node tests/e2e/screens.mjs
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openPhone } from "./lib/browser.mjs";
import { loadDemo } from "./lib/demo.mjs";
import { scratch } from "./lib/scratch.mjs";
import { serveApp } from "./lib/server.mjs";

const SHEETS = fileURLToPath(new URL("../../docs/screens/", import.meta.url));
const SINGLE = fileURLToPath(new URL("../../target/screens/", import.meta.url));
/** How tall a picture may be, in pixels of the page: some rooms have no end. */
const TALLEST = 2000;
const BOTH = ["light", "dark"];
const SIZES = {
  phone: { viewport: { width: 360, height: 740 }, schemes: BOTH, drawn: 180, columns: 7 },
  computer: { viewport: { width: 1280, height: 800 }, schemes: BOTH, drawn: 420, columns: 5 },
  large: { viewport: { width: 360, height: 740 }, schemes: ["light"], drawn: 180, columns: 7 },
};
/** How much of a picture stands on a sheet: all sheets together are in the repository. */
const ON_SHEET = { tall: 540, quality: 42 };
/** The book of this pair is shown as it comes out of a printer, so many pages of it. */
const PRINTED = { of: "grown.en", pages: 8, page: { width: 480, height: 676 } };
/** Where the two live, all year round. */
const DEVICE = { reducedMotion: "reduce", locale: "en-GB", timezoneId: "Etc/GMT-1" };
/** An idea of the pair's own stage. */
const IDEA = { little: "cooking-his-sandwich", grown: "cooking-nobody-wrote-it-down" };
/** The three of the README. */
const README = { of: "grown.en.phone", rooms: [["log", "light"], ["idea", "light"], ["swap", "dark"]] };

const wanted = (name, all) => process.env[name]?.split(",") ?? all;

/** What there is to see: names and addresses, and what is done there first. */
function rooms(pair, entry) {
  const openMonth = (page) => page.locator(".month > button").click();
  return [
    ["today", "/today"],
    ["both", "/both"],
    ["guide", "/guide"],
    ["chapter", "/guide/needs"],
    ["note", "/guide/needs/1"],
    ["answer", "/answers/ask-ten-minutes"],
    ["ideas", "/ideas"],
    ["idea", `/ideas/${IDEA[pair]}`],
    ["log", "/log"],
    ["month", "/log", openMonth],
    ["entry", entry],
    ["write", "/write"],
    ["new-check-in", "/new/check-in"],
    ["new-letter", "/new/letter"],
    ["new-agreement", "/new/agreement"],
    ["new-repair", "/new/repair"],
    ["new-own-idea", "/new/own-idea"],
    ["kept-agreement", "/kept/agreement"],
    ["kept-he-leads", "/kept/he-leads"],
    ["kept-letter", "/kept/letter"],
    ["kept-own-idea", "/kept/own-idea"],
    ["swap", "/swap"],
    ["us", "/us"],
    ["book", "/book"],
  ];
}

/** Goes to a room without starting the app anew: who is speaking stays said. */
async function goTo(page, address) {
  await page.evaluate((address) => (location.hash = address), address);
  // The heading's element is the same in every room, and the log is read after the room is drawn.
  await page.waitForTimeout(400);
  await page.locator("main h1").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

/** Begins anew, with nothing said at the foot; on a phone for two she is speaking. */
async function begin(page, pair, size) {
  await page.reload();
  await page.locator("main h1").waitFor();
  if (size === "large") {
    await page.evaluate(() => {
      const larger = new CSSStyleSheet();
      larger.replaceSync("html { font-size: 200% !important }");
      document.adoptedStyleSheets = [larger];
    });
  }
  if (pair === "little") await page.locator(".whose button").first().click();
}

/** Makes the phone as tall as the page, down to the tallest: the bar at the foot covers nothing then. Nothing is pointed at. */
async function unroll(page, viewport) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...viewport, height: Math.min(Math.max(height, viewport.height), TALLEST) });
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(0, 0);
}

const asImage = (bytes, width) => `<img width="${width}" src="data:image/png;base64,${bytes.toString("base64")}">`;

/** A page of a browser's own, drawn and taken as an image. */
async function drawn(context, width, html, options) {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 600 });
  await page.setContent(`<meta name="viewport" content="width=device-width">${html}`);
  const bytes = await page.screenshot(options);
  await page.close();
  return bytes;
}

/** One picture of many, each with its name. */
function sheet(context, shots, { drawn: width, columns }) {
  const style = `body { margin: 10px; background: #888; font: bold 16px sans-serif; display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start }
    figure { margin: 0 } div { max-height: ${ON_SHEET.tall}px; overflow: hidden } img { display: block }`;
  const figures = shots.map(([room, bytes]) => `<figure><figcaption>${room}</figcaption><div>${asImage(bytes, width)}</div></figure>`);
  const html = `<style>${style}</style>${figures.join("")}`;
  return drawn(context, columns * (width + 10) + 10, html, { fullPage: true, scale: "css", type: "jpeg", quality: ON_SHEET.quality });
}

/** The book on paper: a PDF, whose first pages are drawn by the browser's own reader of such files. */
async function printed({ page, context }, name) {
  await goTo(page, "/book");
  await page.locator(".book-entry").nth(20).waitFor();
  const file = join(SINGLE, `${name}.book.pdf`);
  await page.pdf({ format: "A5", path: file });
  if (name !== PRINTED.of) return;
  const pages = [];
  for (let n = 1; n <= PRINTED.pages; n++) {
    const reader = await context.newPage();
    await reader.setViewportSize(PRINTED.page);
    await reader.goto(`${pathToFileURL(file)}#toolbar=0&navpanes=0&view=FitV&page=${n}`);
    // It says nothing to a script when it has drawn.
    await reader.waitForTimeout(2000);
    pages.push([`page ${n}`, await reader.screenshot()]);
    await reader.close();
  }
  await writeFile(join(SHEETS, "book.jpg"), await sheet(context, pages, { drawn: 380, columns: 4 }));
}

/** The picture at the head of the README: three rooms side by side. */
function readme(context, three) {
  const style = "body{margin:20px;display:flex;gap:20px;background:#fff}img{border:1px solid #d9cbb4;border-radius:14px}";
  const html = `<style>${style}</style>${three.map((bytes) => asImage(bytes, 300)).join("")}`;
  return drawn(context, 986, html, { clip: { x: 0, y: 0, width: 986, height: 660 } });
}

async function photograph(server, pair, language) {
  const phone = await openPhone({ profile: scratch("screens"), device: DEVICE });
  const { page, context } = phone;
  await loadDemo(phone, server, pair, language);
  await goTo(page, "/kept/agreement");
  // The oldest: it was changed, and replied to by a yes.
  const entry = (await page.locator("main a.entry-time").last().getAttribute("href")).slice(1);
  for (const size of wanted("SIZES", Object.keys(SIZES))) {
    const { viewport, schemes } = SIZES[size];
    const name = `${pair}.${language}.${size}`;
    const shots = Object.fromEntries(schemes.map((scheme) => [scheme, []]));
    const three = [];
    await page.setViewportSize(viewport);
    await begin(page, pair, size);
    for (const [room, address, first] of rooms(pair, entry)) {
      await page.setViewportSize(viewport);
      await goTo(page, address);
      await first?.(page);
      await unroll(page, viewport);
      for (const scheme of schemes) {
        await page.emulateMedia({ colorScheme: scheme });
        // Colours take their time to change.
        await page.waitForTimeout(250);
        const bytes = await page.screenshot({ scale: "css" });
        shots[scheme].push([room, bytes]);
        await writeFile(join(SINGLE, `${name}.${scheme}.${room}.png`), bytes);
        const place = README.rooms.findIndex(([of, how]) => name === README.of && of === room && how === scheme);
        if (place >= 0) three[place] = await page.screenshot({ clip: { x: 0, y: 0, ...viewport } });
      }
    }
    for (const scheme of schemes) {
      await writeFile(join(SHEETS, `${name}.${scheme}.jpg`), await sheet(context, shots[scheme], SIZES[size]));
    }
    if (three.length > 0) await writeFile(join(SHEETS, "readme.png"), await readme(context, three));
    console.log(name);
  }
  // Not in the large letters of the last pictures.
  await begin(page, pair, "phone");
  await printed(phone, `${pair}.${language}`);
  if (phone.errors.length > 0) console.error(phone.errors.join("\n"));
  await phone.close();
}

await mkdir(SHEETS, { recursive: true });
await mkdir(SINGLE, { recursive: true });
const server = await serveApp();
for (const pair of wanted("PAIRS", ["little", "grown"])) {
  for (const language of wanted("LANGUAGES", ["en", "es"])) await photograph(server, pair, language);
}
await server.stop();
