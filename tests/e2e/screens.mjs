// Pictures of every room, as a phone and a computer show them, light and dark: `make screens`.
// The log in them is written through the app itself, by two phones that swap.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPhone } from "./lib/browser.mjs";
import { scratch } from "./lib/scratch.mjs";
import { serveApp } from "./lib/server.mjs";
import { give, introduce, open, pair, take, write } from "./lib/phone.mjs";

const OUT = fileURLToPath(new URL("../../docs/screens/", import.meta.url));
const SIZES = { phone: { width: 360, height: 740 }, computer: { width: 1280, height: 800 } };
const ROOMS = {
  today: "/today",
  guide: "/guide",
  chapter: "/guide/needs",
  ideas: "/ideas",
  idea: "/ideas/cooking-his-sandwich",
  log: "/log",
  write: "/write",
  swap: "/swap",
  us: "/us",
};

const server = await serveApp();
const [hers, his] = [await openPhone({ profile: scratch("hers") }), await openPhone({ profile: scratch("his") })];
await open(hers, server);
await open(his, server);
await write(hers, "He made the pancakes alone. Two were round. He served me first and stood there until I had tasted.", {
  who: introduce("mother", "Ana", "Tom"),
  feeling: "Proud",
});
await write(his, "She came to the late bus without being asked. We didn't say much. It was good.", {
  who: introduce("son", "Tom", "Mum"),
  feeling: "Glad",
});
await pair(hers, his);
await take(hers, await give(his), { accept: true });
await write(hers, "I was short with you this morning. It was about work, not about the shoes. I'm sorry.", { theme: "talking" });
await take(his, await give(hers), { accept: true });
await write(his, "Beat her at table tennis, 21 to 19. She says the lamp was in her eyes.", { feeling: "Glad", theme: "connection" });
await take(hers, await give(his), { accept: true });

await mkdir(OUT, { recursive: true });
for (const [size, viewport] of Object.entries(SIZES)) {
  await hers.page.setViewportSize(viewport);
  for (const colorScheme of ["light", "dark"]) {
    await hers.page.emulateMedia({ colorScheme });
    for (const [room, address] of Object.entries(ROOMS)) {
      // A page of its own each time: nothing scrolled, nothing said at the foot.
      await hers.page.goto("about:blank");
      await hers.page.goto(`${server.url}#${address}`);
      await hers.page.locator("main h1").waitFor();
      await hers.page.waitForTimeout(250);
      await hers.page.screenshot({ path: join(OUT, `${room}-${size}-${colorScheme}.png`) });
    }
  }
}
// The picture at the head of the README: three rooms side by side.
const three = await Promise.all(
  ["log-phone-light", "idea-phone-light", "swap-phone-dark"].map(async (name) => {
    const data = (await readFile(join(OUT, `${name}.png`))).toString("base64");
    return `<img width="300" src="data:image/png;base64,${data}">`;
  }),
);
await his.page.setViewportSize({ width: 980, height: 657 });
await his.page.goto("about:blank");
await his.page.setContent(
  `<style>body{margin:20px;display:flex;gap:20px;background:#fff}img{border:1px solid #d9cbb4;border-radius:14px}</style>${three.join("")}`,
);
await his.page.screenshot({ path: join(OUT, "readme.png") });
await hers.close();
await his.close();
await server.stop();
console.log(`pictures in ${OUT}`);
