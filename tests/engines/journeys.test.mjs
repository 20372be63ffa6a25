// The main journeys, the same in every engine: read, write, swap by file, and all of it without a signal.
// BOTHWAYS_ENGINE says in which: chromium, firefox or webkit.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { scratch } from "../e2e/lib/scratch.mjs";
import { DIST, newServer } from "../e2e/lib/server.mjs";
import { HER, HIM, change, copyAndPaste, filmNothing, give, goTo, pair, readyForOutings, show, take, timeline, write } from "./lib/app.mjs";
import { NAME } from "./lib/engines.mjs";
import { readPack } from "./lib/pack.mjs";
import { newPhone, until } from "./lib/phone.mjs";

const { chapters, answers, ideas } = readPack(join(DIST, "pack/en.txt"));
const [chapter, answer, idea] = [chapters[0], answers[0], ideas[0]];

const ROOMS = {
  "/today": "Today",
  "/guide": "Guide",
  [`/guide/${chapter.id}`]: chapter.title,
  [`/answers/${answer.id}`]: answer.title,
  "/ideas": "Ideas",
  [`/ideas/${idea.id}`]: idea.title,
  "/log": "Log",
  "/write": "Write",
  [`/write/${idea.id}`]: "Write",
  "/swap": "Swap",
  "/us": "Us",
  "/nowhere": "Nothing here",
};

test(`${NAME}: on the first visit one reads a chapter, a question people ask and an idea, and finds by searching`, async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await phone.visit(server.url);
  for (const page of [chapter, answer]) {
    await goTo(phone, "Guide");
    await phone.tap("main .cards a", page.title);
    await phone.see("main h1", page.title);
    await phone.see(".prose p", page.opening);
  }
  await phone.see("h2", "Ideas that fit");

  await goTo(phone, "Ideas");
  await phone.see("main p", `${ideas.length} ideas`);
  await phone.type("main input[type=search]", idea.title);
  await phone.tap("main .cards a", idea.title);
  await phone.see("main h1", idea.title);
  await phone.see(".steps li", idea.opening);

  await goTo(phone, "Guide");
  await phone.type("main input[type=search]", answers.at(-1).title.toLowerCase());
  await phone.see("main .cards mark");
  await phone.tap("main .cards a", answers.at(-1).title);
  await phone.see("main h1", answers.at(-1).title);
  await goTo(phone, "Guide");
  await phone.type("main input[type=search]", "zzzz");
  await phone.see("main p", 'Nothing found for "zzzz"');
  assert.deepEqual(phone.errors, []);
  // And that is no silence: what a page complains of is heard.
  await phone.run("console.error('one'); setTimeout(() => { throw new Error('two') })");
  await until("both are heard", () => ["one", "two"].every((word) => phone.errors.some((line) => line.includes(word))));
});

test(`${NAME}: what was written is there after the browser was closed and opened again, and so is its change`, async (t) => {
  const server = await newServer(t);
  const memory = scratch("engine");
  let phone = await newPhone(t, memory);
  await phone.visit(server.url);
  await write(phone, "the heron at the weir", HER);
  assert.deepEqual(await timeline(phone, 1), ["the heron at the weir"]);
  await phone.close();

  phone = await newPhone(t, memory);
  await phone.visit(server.url);
  assert.deepEqual(await timeline(phone, 1), ["the heron at the weir"]);
  await change(phone, "the heron at the weir", "two herons at the weir");
  // A draft is kept on every input.
  await goTo(phone, "Today");
  await phone.tap("main a", "Write something down");
  await phone.type("#words", "half a sentence");
  await phone.close();

  phone = await newPhone(t, memory);
  await phone.visit(server.url);
  assert.deepEqual(await timeline(phone, 1), ["two herons at the weir"]);
  await phone.see("article .entry-flags", "changed");
  assert.deepEqual(phone.errors, []);
});

test(`${NAME}: a page that was left while it was reading does not keep the next one from saving`, async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  // Each is left as soon as it has a heading, which comes before what it reads.
  for (let n = 0; n < 4; n++) await phone.visit(`${server.url}#/log`);
  await write(phone, "at last", HIM);
  assert.deepEqual(await timeline(phone, 1), ["at last"]);
  assert.deepEqual(phone.errors, []);
});

test(`${NAME}: two phones pair, swap a file each way, and end with the same log`, async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  for (const phone of [hers, his]) await phone.visit(server.url);
  await write(hers, "hers, of the morning", HER);
  await write(his, "his, of the evening", HIM);
  await pair([hers, his]);

  const file = await give(hers);
  assert.match(file.name, /^bothways-\d{4}-\d\d-\d\d\.txt$/);
  assert.match(file.text, /^-----BEGIN AGE ENCRYPTED FILE-----/);
  assert.doesNotMatch(file.text, /morning/);
  assert.equal(await copyAndPaste(hers), file.text);
  await filmNothing(his);
  const preview = await take(his, file);
  assert.match(preview, /From Ana/);
  assert.match(preview, /1 new entry/);
  assert.match(await take(hers, await give(his)), /1 new entry/);

  const [here, there] = [await timeline(hers, 2), await timeline(his, 2)];
  assert.deepEqual(here, there);
  assert.deepEqual(here.toSorted(), ["hers, of the morning", "his, of the evening"]);
  assert.equal(await his.says(".entry-mother .entry-name"), "Ana");
  assert.equal(await hers.says(".entry-son .entry-name"), "Tom");
  for (const phone of [hers, his]) assert.deepEqual(phone.errors, []);
});

test(`${NAME}: with the server stopped every room opens, and what is written stays`, async (t) => {
  const server = await newServer(t);
  const memory = scratch("engine");
  let phone = await newPhone(t, memory);
  await phone.visit(server.url);
  await readyForOutings(phone);
  await server.stop();
  const asked = server.requests.length;

  for (const [room, title] of Object.entries(ROOMS)) {
    await phone.visit(`${server.url}#${room}`);
    await phone.see("main h1", title);
    assert.deepEqual(await phone.find("main", "could not be loaded"), [], room);
  }
  await phone.visit(`${server.url}#/guide/${chapter.id}`);
  await phone.see(".prose p");
  await write(phone, "written on the mountain", HIM);
  await phone.visit(server.url);
  assert.deepEqual(await timeline(phone, 1), ["written on the mountain"]);
  assert.deepEqual(phone.errors, []);
  await phone.close();

  // Switched off and on again in the tunnel.
  phone = await newPhone(t, memory);
  await phone.visit(server.url);
  assert.deepEqual(await timeline(phone, 1), ["written on the mountain"]);
  assert.equal(server.requests.length, asked);
  assert.deepEqual(phone.errors, []);
});

test(`${NAME}: with the server stopped both programs beside the page begin: two phones pair, show a code, and swap`, async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  for (const phone of [hers, his]) {
    await phone.visit(server.url);
    await readyForOutings(phone);
  }
  await server.stop();
  const asked = server.requests.length;
  for (const phone of [hers, his]) await phone.visit(server.url);
  await pair([hers, his], [HER, HIM]);
  await write(hers, "from the tunnel");
  assert.match(await take(his, await give(hers)), /1 new entry/);
  assert.deepEqual(await timeline(his, 1), ["from the tunnel"]);
  await show(hers);
  assert.equal(server.requests.length, asked);
  for (const phone of [hers, his]) assert.deepEqual(phone.errors, []);
});
