// What people write is text, whatever it looks like: sixty ways to smuggle markup or a script into a page, in every field
// one can write in, and in files of another phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forged } from "./lib/forge.mjs";
import { newPhone } from "./lib/browser.mjs";
import { card, goTo, heading, introduce, open, pairWithNobody, take, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const RUN = "window.ran=1";
const STRINGS = [
  `<script>${RUN}</script>`,
  `<SCRIPT SRC=//127.0.0.1/x.js></SCRIPT>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `</textarea><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`,
  `--><script>${RUN}</script>`,
  `]]><script>${RUN}</script>`,
  `<!--><img src=x onerror=${RUN}>-->`,
  `"><script>${RUN}</script>`,
  `'><script>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=x onerror="${RUN}"//`,
  `<img/src=x/onerror=${RUN}>`,
  `<img src=x:x onerror&#61;${RUN}>`,
  `<IMG SRC="javascript:${RUN}">`,
  `<img src="x" alt="\`><script>${RUN}</script>">`,
  `<svg onload=${RUN}>`,
  `<svg/onload=${RUN}//`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><set attributeName=href to=javascript:${RUN}>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>x</text></a></svg>`,
  `<svg><foreignObject><iframe onload=${RUN}></iframe></foreignObject></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'/>#x">`,
  `<math><mi xlink:href="javascript:${RUN}">x</mi></math>`,
  `<math><style><img src=x onerror=${RUN}></style></math>`,
  `<body onload=${RUN}>`,
  `<body onpageshow=${RUN}>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<a href="javascript:${RUN}">x</a>`,
  `<a href="java\u0001script:${RUN}">x</a>`,
  `<a href="&#106;avascript:${RUN}">x</a>`,
  `<a href=" javascript:${RUN}">x</a>`,
  `<a href="data:text/html,<script>opener.ran=1</script>">x</a>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<button formaction="javascript:${RUN}">x</button>`,
  `<isindex type=image src=x onerror=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}>`,
  `<textarea autofocus onfocus=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<marquee onstart=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<link rel=stylesheet href="javascript:${RUN}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<base href="javascript:/">`,
  `<style>@import "javascript:${RUN}";</style>`,
  `<p style="animation-name:x" onanimationstart=${RUN}>`,
  `<x onclick=${RUN} style="position:fixed;inset:0">x</x>`,
  `<template><script>${RUN}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>"></noscript>`,
  `{{constructor.constructor('${RUN}')()}}`,
  "${window.ran=1}",
  `\\x3cscript\\x3e${RUN}\\x3c/script\\x3e`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `javascript:/*--></title></style></textarea></script><svg/onload='/*\`/*"/**/${RUN}//'>`,
  `<image src=x onerror=${RUN}>`,
];
const NAMES = [`<img src=x onerror=${RUN}>`, `"><svg onload=${RUN}>`];

/** Nothing ran, and no element came to be that the app does not make. */
async function nothingRan({ page, errors }) {
  const found = await page.evaluate(() => ({
    ran: window.ran,
    made: [...document.querySelectorAll("#app :is(script, iframe, object, embed, marquee, math, base, style, meta, link, video, audio, template, x, isindex, image)")].length,
    handlers: [...document.querySelectorAll("#app *")].filter((it) => [...it.attributes].some(({ name }) => name.startsWith("on"))).length,
    addresses: [...document.querySelectorAll("#app :is([href], [src], [action], [formaction])")].filter((it) => /^\s*(java|data:text)/i.test(it.getAttribute("href") ?? it.getAttribute("src") ?? "")).length,
  }));
  assert.deepEqual(found, { ran: undefined, made: 0, handlers: 0, addresses: 0 });
  assert.deepEqual(errors, []);
}

/** The words of every entry, the older ones too. */
async function everything(phone) {
  await goTo(phone, "Log");
  const words = phone.page.locator("article.entry .entry-words");
  const more = phone.page.getByRole("button", { name: "Show older entries" });
  for (const end = Date.now() + 20_000; (await words.count()) < STRINGS.length; await phone.page.waitForTimeout(100)) {
    assert.ok(Date.now() < end, `only ${await words.count()} of them are shown`);
    if (await more.isVisible()) await more.click();
  }
  return words.allTextContents();
}

const rooms = async (phone) => {
  for (const room of ["Today", "Guide", "Ideas", "Log", "Swap", "Us"]) {
    await goTo(phone, room);
    await nothingRan(phone);
  }
};

test(`${STRINGS.length} strings of markup and script stay text in every field`, async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, STRINGS[0], { who: introduce("mother", ...NAMES) });
  for (const words of STRINGS.slice(1)) await write(phone, words);
  const all = await everything(phone);
  assert.deepEqual(all.toSorted(), STRINGS.toSorted(), "shown as they were written");
  await nothingRan(phone);
  // Changed: the form shows what was written, and a draft is kept of it.
  await card(phone, STRINGS[11]).first().getByRole("link", { name: "Change", exact: true }).click();
  await heading(phone, "Change an entry");
  await page.locator("#words").fill(STRINGS.join("\n"));
  await page.reload();
  await heading(phone, "Change an entry");
  await nothingRan(phone);
  await goTo(phone, "Us");
  assert.equal(await page.locator("#us-own").inputValue(), NAMES[0]);
  assert.equal(await page.locator("#us-other").inputValue(), NAMES[1]);
  // Fields that search or read, and say what they were given.
  for (const room of ["Guide", "Ideas", "Log"]) {
    await goTo(phone, room);
    for (const words of STRINGS) await page.getByRole("searchbox").fill(words);
    await nothingRan(phone);
  }
  await goTo(phone, "Swap");
  await pairWithNobody(phone, { member: "son", name: NAMES[0] });
  await nothingRan(phone);
  await goTo(phone, "Swap");
  for (const words of STRINGS.slice(0, 8)) {
    await goTo(phone, "Today");
    await take(phone, { text: words }, { paste: true });
    await nothingRan(phone);
  }
  for (const words of STRINGS) {
    await page.goto(`${server.url}#/write/${encodeURIComponent(words)}`);
    await nothingRan(phone);
  }
  await page.goto(server.url);
  await rooms(phone);
});

test("they stay text in what another phone brings", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  const text = forged({ bodies: STRINGS.map((words) => ({ fields: { words, feeling: words.slice(0, 40), later: words } })), name: NAMES[0] });
  const said = await take(phone, { name: "x.txt", buffer: Buffer.from(text) }, { accept: true });
  assert.ok(said.includes(NAMES[0]), said);
  await nothingRan(phone);
  const all = await everything(phone);
  assert.deepEqual(all.toSorted(), STRINGS.toSorted());
  await rooms(phone);
});
