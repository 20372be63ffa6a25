// Files made to harm: each is refused, or shown as what it is; nothing is changed by it, and the page goes on answering.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { publicOf, sealedFor, sealedWithPhrase, secretsOf } from "./lib/age.mjs";
import { newPhone } from "./lib/browser.mjs";
import { stored } from "./lib/database.mjs";
import { deviceOf, forged, sealed, signed } from "./lib/forge.mjs";
import { goTo, introduce, open, pairWithNobody, take, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const MB = 1024 * 1024;
/** The longest the page may be busy with one of them, in milliseconds. */
const FREEZE = 200;

const good = forged({ bodies: [{}, {}, {}] });
const lines = good.trimEnd().split("\n");
const other = forged({ bodies: [{ fields: { words: "another" } }, { fields: { words: "file" } }] }).trimEnd().split("\n");
const nested = (levels) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const many = (count, text) => Array.from({ length: count }, (_, n) => text(n));
const hash = (n) => createHash("sha256").update(`${n}`).digest("hex");
const chunk = (bytes, change = {}) => JSON.stringify({
  type: "blob-chunk", hash: hash("photo"), size: bytes.length, at: 0, data: bytes.toString("base64"), ...change,
});

const REFUSED = /Nothing was changed|none of it was taken/;
/** What it is, and what the app says of it: refused unless it says otherwise. */
const FILES = {
  "nothing at all": "",
  "zeros": Buffer.alloc(5_000),
  "a picture": Buffer.concat([Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), Buffer.alloc(900, 7)]),
  "a page": "<!doctype html><script>alert(1)</script>",
  "another app's JSON": '{"type":"excalidraw","version":2,"elements":[]}',
  "the beginning of a sealed file": "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB",
  "not UTF-8": Buffer.concat([Buffer.from(good), Buffer.from([0xff, 0xfe, 0x80])]),
  "UTF-16": Buffer.from(good, "utf16le"),
  "a NUL in the middle": good.replace("forged 1", "for\0ged"),
  "the header alone": lines[0],
  "cut in the middle": good.slice(0, good.length / 2),
  "cut in the seal": good.slice(0, -20),
  "without the seal": `${lines.slice(0, -1).join("\n")}\n`,
  "two seals": `${good}${lines.at(-1)}\n`,
  "lines behind the seal": `${good}${lines[1]}\n`,
  "two files in one": good + good,
  "a seal of another file": `${[...lines.slice(0, -1), other.at(-1)].join("\n")}\n`,
  "a seal that counts wrongly": forged({ seal: (it) => ({ ...it, lines: 2 }) }),
  "a word changed": good.replace("forged 1", "forged 7"),
  "a word changed, and the seal made to fit": forged({ lines: (all) => all.map((line) => line.replace("forged 0", "forged 9")) }),
  "a revision changed": forged({ lines: (all) => all.map((line) => line.replace('\\"member\\":\\"son\\"', '\\"member\\":\\"mother\\"')) }),
  "two files spliced": sealed([...lines.slice(0, 3), ...other.slice(1, -1)]),
  "a link that skips": forged({ bodies: [{}, {}], links: (it) => ({ ...it, seq: 2 }) }),
  "a first link with one before it": forged({ links: (it) => ({ ...it, previous: hash(1) }) }),
  "a link to nothing": forged({ links: (it) => ({ ...it, revisions: [hash(2)] }) }),
  "a revision no link names": forged({ bodies: [{}, {}], links: (it) => ({ ...it, revisions: it.revisions.slice(0, 1) }) }),
  "no header": sealed(lines.slice(1, -1)),
  "two headers": sealed([lines[0], ...lines.slice(0, -1)]),
  "a newer format": [forged({ header: (it) => ({ ...it, version: 2 }) }), /newer version of Bothways/],
  "a version beyond all numbers": forged({ header: (it) => JSON.stringify(it).replace('"version":1', '"version":1e999') }),
  "a member who is neither": forged({ header: (it) => ({ ...it, from: { ...it.from, member: "father" } }) }),
  "no origin": forged({ header: (it) => ({ ...it, origins: [] }) }),
  "three origins": forged({ header: (it) => ({ ...it, origins: many(3, (n) => hash(n).slice(0, 32)) }) }),
  "an id in capitals": forged({ revision: (it) => ({ ...it, entry: it.entry.toUpperCase() }) }),
  "an id too short": forged({ revision: (it) => ({ ...it, entry: "00" }) }),
  "an id that climbs": forged({ revision: (it) => ({ ...it, entry: "../../../../../../../../../../etc" }) }),
  "sixty-five parents": forged({ revision: (it) => ({ ...it, parents: many(65, hash).sort() }) }),
  "a parent twice": forged({ revision: (it) => ({ ...it, parents: [hash(1), hash(1)] }) }),
  "a size that is none": forged({ revision: (it) => JSON.stringify(it).replace(/"size":\d+/, '"size":-1') }),
  "half a size": forged({ revision: (it) => JSON.stringify(it).replace(/"size":(\d+)/, '"size":$1.5') }),
  "too many devices": forged({ header: (it) => ({ ...it, have: Object.fromEntries(many(65, (n) => [hash(n).slice(0, 32), { seq: 1, link: hash(n) }])) }) }),
  "too many wishes": forged({ header: (it) => ({ ...it, wants: many(1_001, hash) }) }),
  "a body larger than any": forged({ bodies: [{ fields: { words: "x", more: "x".repeat(64 * 1024) } }] }),
  "a line larger than any": sealed([...lines.slice(0, -1), JSON.stringify({ type: "later", text: "x".repeat(300 * 1024) })]),
  "more lines than any": sealed([...lines.slice(0, -1), ...many(300_001, () => '{"type":"later"}')]),
  "deep JSON": sealed([...lines.slice(0, -1), `{"type":"later","a":${nested(20)}}`]),
  "JSON as deep as a line": sealed([...lines.slice(0, -1), `{"type":"later","a":${"[".repeat(200_000)}`]),
  "deep JSON in a body": forged({ bodies: [`{"salt":"${hash(1).slice(0, 32)}","kind":"moment","at":1,"zone":0,"fields":{"words":"x","a":${nested(20)}}}`] }),
  "a file larger than any": Buffer.alloc(33 * MB, "a"),
  "a bomb": gzipSync(Buffer.alloc(200 * MB, "a"), { level: 9 }),
  "packed and cut": gzipSync(good).subarray(0, -9),
  "packed twice": gzipSync(gzipSync(good)),
  "packed with more behind it": Buffer.concat([gzipSync(good), Buffer.from("more")]),
  "a photo that is none": sealed([...lines.slice(0, -1), chunk(Buffer.from("no picture at all"))]),
  "a photo that never ends": sealed([...lines.slice(0, -1), chunk(Buffer.alloc(100), { size: 2 * MB })]),
  "a photo of many gigabytes": sealed([...lines.slice(0, -1), chunk(Buffer.alloc(100), { size: 2 ** 40 })]),
  "another pair's": [forged({ pair: 2 }), /belongs to another pair/],
  "the same file once more": [good, /already have everything in this file/],
  "a claim to be the other": [forged({ member: "mother", who: "mother", bodies: [{ fields: { words: "she never wrote this" } }] }), /1 new entry[^]*Nobody has signed/],
  "a name that turns the line around": [forged({ bodies: [{ fields: { words: "new" } }], name: "\u202eanA" }), /From \u202eanA[^]*1 new entry/],
  "a clock thousands of years ahead": [forged({ bodies: [{ at: 253_370_764_800_000, fields: { words: "from far" } }] }), /1 new entry/],
  "a time no calendar has": [forged({ bodies: [{ at: Number.MAX_SAFE_INTEGER, fields: { words: "from further" } }] }), /1 new entry|Nothing was changed/],
  "markup in the words": [forged({ bodies: [{ fields: { words: '<img src=x onerror="document.title=1"><b>bold</b>' } }] }), /1 new entry/],
  "a kind nobody knows": [forged({ bodies: [{ kind: "hologram", fields: { depth: 3 } }] }), /newer version/],
  "a photo that is not there": [forged({ bodies: [{ fields: { words: "look", photos: [{ hash: hash(3), width: 10, height: 10 }] } }] }), /1 new entry/],
};

/** What was the son's phone once, in the tests: it has been paired, and its owner turns against the other. */
const turned = generateKeyPairSync("ed25519");
const turnedKey = turned.publicKey.export({ type: "spki", format: "der" }).subarray(-32);

/** The same for what is sealed, for a phone with this secret. */
async function sealedFiles(secret) {
  const to = [await publicOf(secret)];
  const by = (parts) => signed({ key: turned.privateKey, to, ...parts });
  const seal = (bytes) => sealedFor(typeof bytes === "string" ? gzipSync(bytes) : bytes, secret);
  const whole = await seal(by({ bodies: [{ fields: { words: "what he says" } }] }));
  const middle = whole.length / 2;
  return {
    "sealed and signed by the phone that was paired": [whole, /From Tom[^]*1 new entry(?![^]*Nobody has signed)/],
    "sealed, and signed by nobody": [await seal(forged({ bodies: [{ fields: { words: "who says?" } }] })), /1 new entry[^]*Nobody has signed/],
    "sealed for somebody else": [await sealedFor(gzipSync(good), randomBytes(32)), /sealed for other phones/],
    "sealed with words": [await sealedWithPhrase(gzipSync(good), "six words"), /This is a backup/],
    "sealed and cut": [whole.slice(0, -60), /end of this file is missing/],
    "sealed, with a letter changed": whole.slice(0, middle) + (whole[middle] === "A" ? "B" : "A") + whole.slice(middle + 1),
    "a sealed bomb": await seal(gzipSync(Buffer.alloc(200 * MB, "a"), { level: 9 })),
    "sealed nonsense": await seal(Buffer.from("no file at all")),
    "two sealed files, one in the other": await seal(whole),
    "words in the other's mouth, signed": [await seal(by({ who: "mother", bodies: [{ fields: { words: "she never said it" } }] })), /not from whom it says/],
    "signed by a phone nobody knows": [await seal(signed({ key: generateKeyPairSync("ed25519").privateKey, to, member: "mother" })), /does not know/],
    "signed with another key": [await seal(signed({ key: generateKeyPairSync("ed25519").privateKey, to })), /not from whom it says/],
    "signed, for others": [await seal(by({ to: [hash("nobody")] })), /sealed for other phones/],
    "a chain that its phone has not signed": [
      await seal(by({ lines: (all) => [...all, JSON.stringify({ type: "link", device: deviceOf("son"), seq: 7, previous: hash(6), revisions: [hash(8)] })] })),
      /not from whom it says/,
    ],
    "a thousand vouches": await seal(by({ lines: (all) => [...all, ...many(1_000, (n) => JSON.stringify({ type: "vouch", device: hash(n).slice(0, 32), member: "son", signing: hash(n), sealing: hash(n), since: 1, by: deviceOf("son"), signature: hash(1) + hash(2) }))] })),
    "a vouch that is none": await seal(by({ lines: (all) => [...all, '{"type":"vouch","device":"../.."}'] })),
  };
}

test("each of the hostile files is refused, or shown as what it is", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await write(phone, "hers", { who: introduce("mother", "Ana", "Tom") });
  const folder = scratch("hostile");
  const path = join(folder, "good.txt");
  writeFileSync(path, good);
  assert.match(await take(phone, { path }, { accept: true }), /3 new entries/);
  await pairWithNobody(phone, { device: Buffer.from(deviceOf("son"), "hex"), signing: turnedKey, name: "Tom", origins: [Buffer.from(JSON.parse(lines[0]).origins[0], "hex")], isNew: false });
  const [secret] = await secretsOf(phone);
  const files = { ...FILES, ...(await sealedFiles(secret)) };
  const state = async () => JSON.stringify(await stored(page));
  const before = await state();
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
    }).observe({ type: "longtask" });
  });
  await goTo(phone, "Swap");
  const wrong = [];
  for (const [what, file] of Object.entries(files)) {
    const [bytes, expected] = Array.isArray(file) ? file : [file, REFUSED];
    // On the disk, as a person has it: what the test hands over would be unpacked in the page.
    const path = join(folder, `${Object.keys(files).indexOf(what)}.txt`);
    writeFileSync(path, bytes);
    await page.evaluate(() => (window.longest = 0));
    const said = await take(phone, { path });
    await page.locator("#outcome").waitFor({ state: "detached", timeout: 100 }).catch(() => {});
    const longest = await page.evaluate(() => window.longest);
    if (!expected.test(said)) wrong.push(`${what}: ${said}`);
    if (longest > FREEZE) wrong.push(`${what}: the page stood still for ${Math.round(longest)} ms`);
    if ((await state()) !== before) wrong.push(`${what}: something was changed`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(Object.keys(files).length >= 40);
  assert.equal(await page.title(), "Swap - Bothways");
  assert.deepEqual(phone.errors, []);
});
