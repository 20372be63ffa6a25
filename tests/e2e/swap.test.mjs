// Two profiles as two phones: each writes, they swap files, and both end with the same log.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bigLog } from "./lib/biglog.mjs";
import { newPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { card, change, erase, give, goTo, heading, introduce, open, pair, save, take, timeline, write } from "./lib/phone.mjs";
import { newServer } from "./lib/server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Mum");

/** Two phones, paired before a word is written unless that comes later. */
async function twoPhones(t, { paired = true } = {}) {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  await open(hers, server);
  await open(his, server);
  if (paired) await pair(hers, his, { who: [HER, HIM] });
  return { server, hers, his };
}

/** Five entries, one changed, one erased. */
async function fiveEntries(phone, who, whose) {
  for (let n = 1; n <= 5; n++) await write(phone, `${whose} ${n}`, n === 1 ? { who } : {});
  await change(phone, `${whose} 2`, `${whose} 2, better`);
  await erase(phone, `${whose} 3`);
}

for (const paste of [false, true]) {
  test(`two phones that wrote before they met end with the same log, ${paste ? "by paste" : "by the file picker"}`, async (t) => {
    const { hers, his } = await twoPhones(t, { paired: false });
    await fiveEntries(hers, HER, "hers");
    await fiveEntries(his, HIM, "his");

    const [ofHis, ofHers] = await pair(hers, his);
    assert.match(ofHis.said, /The phone of Tom[^]*become one[^]*4 entries are there/);
    assert.match(ofHers.said, /The phone of Ana[^]*become one[^]*4 entries are there/);
    const file = await give(hers);
    assert.match(file.name, /^bothways-\d{4}-\d\d-\d\d\.txt$/);
    const preview = await take(his, file, { paste, accept: true });
    assert.match(preview, /From Ana/);
    assert.doesNotMatch(preview, /Nobody has signed/);
    assert.match(file.sealed, /^-----BEGIN AGE ENCRYPTED FILE-----/);
    assert.doesNotMatch(file.sealed, /hers/);
    assert.match(preview, /4 new entries/);
    assert.doesNotMatch(preview, /two versions/);
    assert.match(await take(hers, await give(his), { paste, accept: true }), /4 new entries/);

    const [here, there] = [await timeline(hers), await timeline(his)];
    assert.deepEqual(here, there);
    assert.deepEqual(
      [...here].sort(),
      ["hers 1", "hers 2, better", "hers 4", "hers 5", "his 1", "his 2, better", "his 4", "his 5"],
    );
    // Each is called what they call themselves, on both phones.
    assert.equal(await hers.page.locator(".entry-son .entry-name").first().innerText(), "Tom");
    assert.equal(await his.page.locator(".entry-mother .entry-name").first().innerText(), "Ana");

    // The same file again changes nothing; neither does one's own.
    assert.match(await take(his, file, { paste, accept: true }), /already have everything in this file/);
    assert.match(await take(hers, await give(hers), { paste }), /made this file yourself/);
    assert.deepEqual(await timeline(his), there);
  });
}

test("a reply stands with what it replies to, on both phones", async (t) => {
  const { hers, his } = await twoPhones(t);
  await write(hers, "the first swallow", { who: HER });
  await write(his, "mine", { who: HIM });
  await take(his, await give(hers), { accept: true });
  await goTo(his, "Log");
  assert.equal(await card(his, "mine").getByRole("link", { name: "Reply" }).count(), 0);
  await card(his, "the first swallow").getByRole("link", { name: "Reply" }).click();
  await heading(his, "Write");
  await his.page.getByText("In reply to Ana:").waitFor();
  await his.page.locator("#words").fill("I saw it too");
  // A phone may kill the page now: what is replied to is part of the draft.
  await his.page.goto("about:blank");
  await his.page.goBack();
  await his.page.getByText("In reply to Ana:").waitFor();
  await save(his);
  await take(hers, await give(his), { accept: true });
  for (const phone of [hers, his]) {
    await goTo(phone, "Log");
    await card(phone, "I saw it too").getByText("the first swallow").waitFor();
  }
});

test("changes and erasing travel, and files in any order end the same", async (t) => {
  const { server, hers, his } = await twoPhones(t);
  await write(hers, "one", { who: HER });
  await write(hers, "two");
  await write(his, "three", { who: HIM });
  const first = await give(hers);
  await take(his, first, { accept: true });
  await change(hers, "one", "one, changed");
  await erase(hers, "two");
  const second = await give(hers);
  assert.equal(second.text.includes('two\\"'), false, "erased words are in a later file");
  const preview = await take(his, second, { accept: true });
  assert.match(preview, /1 changed entry/);
  assert.match(preview, /1 entry is erased here too/);
  await take(his, first, { accept: true });
  assert.deepEqual((await timeline(his)).sort(), ["one, changed", "three"]);

  // A third phone of hers begins with his log: all of it comes, as it stands by now.
  const tablet = await newPhone(t);
  await open(tablet, server);
  await pair(tablet, his, { who: [HER] });
  assert.doesNotMatch(await take(tablet, await give(his), { accept: true }), /neither in this file/);
  assert.deepEqual((await timeline(tablet)).sort(), ["one, changed", "three"]);
});

test("a file brings what the other phone has not said it holds, and everything where one asks", async (t) => {
  const { hers, his } = await twoPhones(t);
  const revisions = ({ text }) => text.split("\n").filter((line) => line.startsWith('{"type":"revision"')).length;
  await write(hers, "one", { who: HER });
  await write(hers, "two");
  await take(his, await give(hers), { accept: true });
  // Nothing has come from him yet: she still sends everything.
  assert.ok(revisions(await give(hers)) > 2);
  await write(his, "of his", { who: HIM });
  await take(hers, await give(his), { accept: true });
  await write(hers, "three");
  const some = await give(hers);
  await hers.page.getByText("1 entry, with names and favourites").waitFor();
  assert.match(some.text, /three/);
  assert.doesNotMatch(some.text, /"one|"two/, "what he has went again");
  const all = await give(hers, { everything: true });
  assert.ok(revisions(all) >= revisions(some) + 3);
  assert.doesNotMatch(await take(his, some, { accept: true }), /neither in this file/);
  // His next file brings her nothing, and tells her all the same what he holds by now.
  assert.match(await take(hers, await give(his)), /already have everything/);
  assert.equal(revisions(await give(hers)), 0);
  assert.deepEqual((await timeline(his)).sort(), (await timeline(hers)).sort());
});

test("an erased entry can be brought back for a moment", async (t) => {
  const { hers } = await twoPhones(t);
  await write(hers, "keep me", { who: HER });
  await erase(hers, "keep me");
  await hers.page.getByRole("button", { name: "Undo" }).click();
  await hers.page.locator("article.entry").waitFor();
  await hers.page.reload();
  assert.deepEqual(await timeline(hers), ["keep me"]);
});

test("files that are no good are refused in plain words, and change nothing", async (t) => {
  const { hers, his } = await twoPhones(t);
  await write(hers, "hers", { who: HER });
  await write(his, "his", { who: HIM });
  const good = await give(hers);
  const file = (name, content) => ({ name, buffer: Buffer.from(content) });
  const cases = [
    [file("cut.txt", good.text.slice(0, good.text.length * 0.7)), /The end of this file is missing/],
    [file("letter.txt", "Dear Tom,\nthe weather is fine."), /not a file from Bothways/],
    [file("big.txt", Buffer.alloc(33 * 1024 * 1024, "x")), /larger than any swap file/],
    [file("new.txt", good.text.replace('"version":1', '"version":2')), /made with a newer version/],
    [file("photo.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])), /not a swap file: it is a picture/],
    [file("changed.txt", good.text.replace("hers", "HERS")), /changed on its way/],
  ];
  const before = await stored(his.page);
  for (const [bad, words] of cases) {
    assert.match(await take(his, bad), words, bad.name);
    assert.match(await his.page.locator("#outcome").innerText(), /Nothing was changed|none of it was taken/);
  }
  assert.deepEqual(await stored(his.page), before, "a refused file changed what is stored");

  // Another pair's file, and one from a phone that says it is the same person.
  await take(his, good, { accept: true });
  const stranger = await newPhone(t);
  await open(stranger, await newServer(t));
  await write(stranger, "not for you", { who: introduce("mother", "Eve", "Adam") });
  const other = await give(stranger);
  assert.match(await take(his, other), /sealed for other phones/);
  assert.match(await take(his, file("opened.txt", other.text)), /A phone that this one does not know/);
  assert.match(await take(stranger, await give(hers)), /sealed for other phones/);
  assert.deepEqual((await timeline(his)).sort(), ["hers", "his"]);
});

test("a long file shows how far it is, can be stopped with nothing changed, and is then taken whole", async (t) => {
  const phone = await newPhone(t);
  await open(phone, await newServer(t));
  await write(phone, "mine", { who: HER });
  const before = await stored(phone.page);
  const { page } = phone;
  const count = 3_000;
  const file = { name: "years.txt", buffer: Buffer.from(bigLog({ count })) };
  await goTo(phone, "Swap");
  const pick = async () => {
    const chosen = page.waitForEvent("filechooser");
    await page.getByText("Pick a file").click();
    await (await chosen).setFiles({ ...file, mimeType: "text/plain" });
  };
  await pick();
  await page.locator("progress").waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped. Nothing was changed.").waitFor();
  await pick();
  await page.getByRole("button", { name: "Take it in" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("You stopped it, and nothing was changed.").waitFor();
  assert.deepEqual(await stored(page), before, "what was stopped left something");
  await page.getByRole("button", { name: "Take it in" }).click();
  await page.getByText("Done. This phone now holds what the file brought.").waitFor();
  await goTo(phone, "Us");
  await page.getByText(`${count + 1} entries`).waitFor();
  // An old entry is found, and going back to the beginning does not draw everything.
  await goTo(phone, "Log");
  await page.getByRole("searchbox").fill(`no${count - 1}`);
  await page.getByText("1 entry").waitFor();
  await page.getByRole("searchbox").fill("");
  for (let n = 0; n < 6; n += 1) await page.getByRole("button", { name: "Show older entries" }).click();
  await page.getByRole("button", { name: "Back to the newest" }).waitFor();
  assert.ok((await page.locator("article.entry").count()) <= 160, "the whole log was drawn");
});

test("the preview changes nothing until yes is said", async (t) => {
  const { hers, his } = await twoPhones(t);
  await write(hers, "hers", { who: HER });
  const file = await give(hers);
  await take(his, file);
  assert.match(await his.page.locator(".notice").innerText(), /Nothing was changed/);
  await goTo(his, "Log");
  assert.equal(await his.page.locator("article.entry").count(), 0);
});

test("an entry held back is in no file, and goes whole once it is let go", async (t) => {
  const { hers, his } = await twoPhones(t);
  await write(hers, "held heron", { who: HER });
  await write(hers, "goes goose");
  await card(hers, "held heron").getByRole("button", { name: "Hold back" }).click();
  await card(hers, "held heron").getByText("held back").waitFor();
  await change(hers, "held heron", "held heron, better");
  const without = await give(hers);
  assert.doesNotMatch(without.text, /heron/);
  await hers.page.getByText("1 entry stays here").waitFor();
  await take(his, without, { accept: true });
  assert.deepEqual(await timeline(his), ["goes goose"]);
  await goTo(hers, "Log");
  await card(hers, "held heron").getByRole("button", { name: "Let it go" }).click();
  await card(hers, "held heron").getByText("not swapped yet").waitFor();
  await take(his, await give(hers), { accept: true });
  assert.deepEqual((await timeline(his)).sort(), ["goes goose", "held heron, better"]);
});

test("what a file brought can be taken back, and comes again with the same file", async (t) => {
  const { hers, his } = await twoPhones(t);
  await write(his, "his own", { who: HIM });
  await write(hers, "hers", { who: HER });
  // What the file says of phones stays: it is proven, and nobody's words.
  const kept = async () => {
    const { home, ...rest } = await stored(his.page);
    return { ...rest, home: home.filter(([key]) => !key.startsWith("trust/")) };
  };
  const before = await kept();
  const file = await give(hers);
  await take(his, file, { accept: true });
  await his.page.getByRole("button", { name: "Take the last one back" }).click();
  await his.page.getByText("Taken back.").waitFor();
  assert.deepEqual(await kept(), before);
  assert.deepEqual(await timeline(his), ["his own"]);
  await take(his, file, { accept: true });
  assert.equal((await timeline(his)).length, 2);
  // Once a file was made it can no longer be.
  await give(his);
  assert.equal(await his.page.getByRole("button", { name: "Take the last one back" }).count(), 0);
});

test("only me is in no file; shared it is a new entry, and taken back it is erased there", async (t) => {
  const { hers, his } = await twoPhones(t);
  const { page } = hers;
  const note = (words) => page.locator("article.note", { hasText: words });
  const write_to = async (readers) => {
    await heading(hers, "Change an entry");
    await page.getByRole("radio", { name: readers }).check();
    await save(hers);
  };
  await write(hers, "for both", { who: HER });
  await page.getByRole("link", { name: "Write", exact: true }).click();
  await page.locator("#words").fill("lonely lynx");
  await page.getByRole("radio", { name: "Only me" }).check();
  await save(hers);
  await page.getByText("Only me: 1 note").click();
  await note("lonely lynx").waitFor();
  assert.deepEqual(await timeline(hers), ["for both"]);
  const [[key]] = (await stored(page, ["drawer"])).drawer;
  const id = key.split("/").at(-1);
  const without = await give(hers);
  assert.ok(!without.text.includes("lynx") && !without.text.includes(id));

  // Erased, brought back, shared after all: then it is a new entry, and no note.
  await goTo(hers, "Log");
  await page.getByText("Only me: 1 note").click();
  await note("lonely lynx").getByRole("button", { name: "Erase" }).click();
  await note("lonely lynx").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Only me: 1 note").click();
  await note("lonely lynx").getByRole("link", { name: "Change" }).click();
  await write_to("Both of us");
  assert.deepEqual((await timeline(hers)).sort(), ["for both", "lonely lynx"]);
  assert.equal(await page.getByText("Only me: 1 note").count(), 0);
  const shared = await give(hers);
  assert.ok(shared.text.includes("lynx") && !shared.text.includes(id));
  await take(his, shared, { accept: true });

  // And taken back for oneself: erased on both, and kept here.
  await goTo(hers, "Log");
  await card(hers, "lonely lynx").getByRole("link", { name: "Change", exact: true }).click();
  await write_to("Only me");
  await page.getByText("Only me: 1 note").waitFor();
  assert.deepEqual(await timeline(hers), ["for both"]);
  const after = await give(hers);
  assert.doesNotMatch(after.text, /lynx/);
  await take(his, after, { accept: true });
  assert.deepEqual(await timeline(his), ["for both"]);
});
