// The reader in docs/ knows the format from its description alone. On the golden files it finds what the program finds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { merge, prove, read, tell } from "../../docs/read-swap.mjs";
import { opened, publicOf } from "./lib/age.mjs";
import { bech32 } from "@scure/base";

const golden = (name) => readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8");

/** Letters beyond ASCII spelled out, as the listings have them. */
const quoted = (text) =>
  `"${[...text]
    .map((letter) => ({ "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "'": "\\'", "\\": "\\\\" })[letter] ?? (/[ -~]/.test(letter) ? letter : `\\u{${letter.codePointAt(0).toString(16)}}`))
    .join("")}"`;

function listingOfFile({ header, revisions, bodies, links }) {
  const { from, made, app, wants, have } = header;
  const lines = [`from ${from.member} ${quoted(from.name)} on ${from.device}, made ${made}, app ${app}, ${wants.length} bodies wanted`];
  for (const [device, { seq, link }] of Object.entries(have)) lines.push(`has ${device} up to ${seq} ${link}`);
  for (const { id, entry, member, erases, body, parents } of revisions.values()) {
    const there = bodies.has(body) ? "with its body" : "without its body";
    lines.push(`${erases ? "tombstone" : "revision"} ${id} of ${entry} by ${member}, ${there}`);
    lines.push(...parents.map((parent) => `  follows ${parent}`));
  }
  for (const { seq, device, revision } of links) lines.push(`link ${seq} of ${device} names ${revision}`);
  return lines;
}

function listingOfLog({ entries, erased, names, favourites, unknown }) {
  const lines = [];
  for (const { id, member, versions } of entries) {
    for (const { words, sealed, missing, kind } of versions) {
      const says = missing ? "has not arrived" : sealed ? `is sealed: ${sealed}` : words === undefined ? `is of a kind not known: ${quoted(kind)}` : `says ${quoted(words)}`;
      lines.push(`entry ${id} by ${member} ${says}`);
    }
  }
  lines.push(...erased.map((entry) => `entry ${entry} is erased`));
  for (const [member, name] of Object.entries(names)) lines.push(`${member} is called ${quoted(name)}`);
  for (const [member, things] of Object.entries(favourites)) lines.push(...things.map((thing) => `${member} likes ${thing}`));
  lines.push(...unknown.map((line) => `a line not known: ${line}`));
  return lines.sort();
}

/** The lines of a listing that tell what is there, one a version. */
function expectedOfLog(text) {
  let entry = "";
  const lines = [];
  for (const line of text.split("\n")) {
    const head = /^(entry \S+ by \S+) at/.exec(line);
    if (head) entry = head[1];
    else if (/^ {2}(says|is sealed|is of|has not)/.test(line)) lines.push(`${entry} ${line.trim()}`);
    else if (line && !line.startsWith("  ")) lines.push(line);
  }
  return lines.sort();
}

test("a reader written from the description alone finds in the golden files what the program finds", () => {
  for (const name of ["v1-hers", "v1-his", "v1-more"]) {
    const [ofFile, ofLog] = golden(`${name}.expected.txt`).split("\n\n");
    const file = read(golden(`${name}.txt`));
    // Each chain ends in the file, with the hash its header names.
    const ends = Object.values(file.header.have).map(({ link }) => link);
    assert.ok(ends.length > 0 && ends.every((end) => file.links.some((link) => link.hash === end)), name);
    assert.deepEqual(listingOfFile(file), ofFile.split("\n"), name);
    assert.deepEqual(listingOfLog(tell(merge([file]), "son")), expectedOfLog(ofLog), name);
  }
  const both = merge([read(golden("v1-his.txt")), read(golden("v1-hers.txt"))]);
  assert.deepEqual(listingOfLog(tell(both, "son")), expectedOfLog(golden("v1-both.expected.txt")));
  assert.equal(read(golden("v1-more.txt")).photos.size, 1);
});

test("it takes no file that was cut or changed", () => {
  const text = golden("v1-hers.txt");
  const lines = text.trim().split("\n");
  assert.throws(() => read(lines.slice(0, -1).join("\n")), /end is missing/);
  assert.throws(() => read(lines.toSpliced(1, 1).join("\n")), /lines are missing/);
  assert.throws(() => read(text.replace("soup", "SOUP")), /changed on its way/);
});

test("it reads a sealed file once age has opened it, and proves by its signatures what the program proves", async () => {
  const secret = bech32.decodeToBytes(golden("v1-sealed.key").trim()).bytes;
  const text = await opened(golden("v1-sealed.txt"), [secret]);
  const [ofFile, ofLog] = golden("v1-sealed.expected.txt").split("\n\n");
  const file = read(text);
  const phones = ofFile.split("\n").filter((line) => line.startsWith("phone "));
  const rest = ofFile.split("\n").filter((line) => !line.startsWith("phone "));
  assert.deepEqual(listingOfFile(file), rest);
  assert.deepEqual(listingOfLog(tell(merge([file]), "mother")), expectedOfLog(ofLog));
  // Her phone, as his word for it has it, and her own word for his: the two were paired.
  const ofHer = await publicOf(secret);
  const mine = file.vouch.find(({ sealing }) => sealing === ofHer);
  assert.ok(mine, "his word for her phone is in the file");
  const his = file.vouch.find(({ device }) => device === file.header.from.device);
  assert.ok(his, "her word for his phone is in the file");
  const { known, gone } = prove(file, mine, [his]);
  const told = [...known.values()].map(({ device, member, since }) => `phone ${device} of ${member} since ${device === mine.device ? 0 : since}${gone.has(device) ? ", gone" : ""}`);
  assert.deepEqual(told.sort(), phones.sort());
  // A word changed anywhere, and it proves nothing.
  for (const spoil of [
    (it) => ({ ...it, seal: { ...it.seal, signature: it.signed[0].signature } }),
    (it) => ({ ...it, signed: it.signed.slice(1) }),
    (it) => ({ ...it, header: { ...it.header, to: [] } }),
    (it) => ({ ...it, vouch: it.vouch.map((one) => ({ ...one, member: "mother" })) }),
    (it) => ({ ...it, revisions: new Map([...it.revisions].map(([id, one]) => [id, { ...one, member: one.member === "son" ? "mother" : "son" }])) }),
  ]) {
    const changed = spoil(file);
    assert.throws(() => prove(changed, mine, [his]));
  }
});
