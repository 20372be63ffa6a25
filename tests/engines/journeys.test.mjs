// The main journeys, the same in every engine: read, write, swap by file, and all of it without a signal.
// BOTHWAYS_ENGINE says in which: chromium, firefox or webkit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newCard } from "../e2e/lib/card.mjs";
import { scratch } from "../e2e/lib/scratch.mjs";
import { newServer } from "../e2e/lib/server.mjs";
import { HER, HIM, change, give, goTo, pair, readyForOutings, show, take, timeline, write } from "./lib/app.mjs";
import { NAME } from "./lib/engines.mjs";
import { newPhone, openPhone } from "./lib/phone.mjs";

const ROOMS = {
  "/today": "Today",
  "/guide": "Guide",
  "/guide/needs": "Both of you need something",
  "/answers/ask-fine": null,
  "/ideas": "Ideas",
  "/ideas/cooking-his-sandwich": null,
  "/log": "Log",
  "/write": "Write",
  "/write/cooking-his-sandwich": "Write",
  "/swap": "Swap",
  "/us": "Us",
  "/nowhere": "Nothing here",
};

test(`${NAME}: on the first visit one reads a chapter, a question people ask and an idea, and finds by searching`, async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await phone.visit(server.url);
  await goTo(phone, "Guide");
  await phone.tap("main .cards a", "Both of you need something");
  await phone.see("main h1", "Both of you need something");
  await phone.see(".prose p");
  await phone.see("h2", "Try this");

  await goTo(phone, "Guide");
  await phone.tap("main .cards a", "Which activities bring us closer?");
  await phone.see("main h1", "Which activities bring us closer?");
  await phone.see(".prose p", "each has a real part");

  await goTo(phone, "Ideas");
  await phone.see("main p", "112 ideas");
  await phone.type("main input[type=search]", "sock");
  await phone.tap("main .cards a", "Sock bowls down the hall");
  await phone.see("main h1", "Sock bowls down the hall");
  await phone.see(".steps li", "three pairs of socks");

  await goTo(phone, "Guide");
  await phone.type("main input[type=search]", "blanket");
  await phone.see("main .cards mark", "blanket");
  await phone.type("main input[type=search]", "zzzz");
  await phone.see("main p", 'Nothing found for "zzzz"');
  assert.deepEqual(phone.errors, []);
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
  const preview = await take(his, file);
  assert.match(preview, /From Ana/);
  assert.match(preview, /1 new entry/);
  assert.match(await take(hers, await give(his)), /1 new entry/);

  const [here, there] = [await timeline(hers, 2), await timeline(his, 2)];
  assert.deepEqual(here, there);
  assert.deepEqual(here.toSorted(), ["hers, of the morning", "his, of the evening"]);
  await phoneSays(his, ".entry-mother .entry-name", "Ana");
  await phoneSays(hers, ".entry-son .entry-name", "Tom");
  for (const phone of [hers, his]) assert.deepEqual(phone.errors, []);
});

const phoneSays = async (phone, css, words) => assert.equal(await phone.says(css), words);

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
  await phone.visit(`${server.url}#/guide/needs`);
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
