// A log as large as years of writing, as the swap file another phone would send. Written from docs/format.md, not
// from the program: what the program makes of it is also a test of that description.
import { createHash } from "node:crypto";

export const hex = (bytes) => Buffer.from(bytes).toString("hex");
export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** SHA-256 over a label, a zero byte, and each part behind its length (64 bits, big-endian). */
export function labelled(label, ...parts) {
  const sized = parts.flatMap((part) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(Buffer.byteLength(part)));
    return [length, part];
  });
  return sha256(label, Buffer.from([0]), ...sized);
}

/** Numbers that are the same on every run: mulberry32. */
export function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = (
  "soup walk bread river laugh garden question letter morning kitchen bicycle story piano rain window coffee train " +
  "homework dinner birthday sister football holiday guitar forest candle market picture quiet evening promise song"
).split(" ");

/**
 * The text of a swap file of `count` entries over five years up to `until`, from the phone `phone` (a number) of the
 * member, in the log of the pair `pair` (a number). The same numbers give the same entries.
 */
export function bigLog({ count, phone = 1, pair = 1, member = "son", until = Date.now() }) {
  const roll = dice(phone * 7919);
  const id = (kind, n) => hex(labelled(`test/${kind}`, `${phone}/${n}`)).slice(0, 32);
  const device = id("device", 0);
  const span = 5 * 365 * 86_400_000;
  const lines = [];
  const revisions = [];
  for (let n = 0; n < count; n += 1) {
    const words = Array.from({ length: 12 + Math.floor(roll() * 20) }, () => WORDS[Math.floor(roll() * WORDS.length)]);
    const body = JSON.stringify({
      salt: id("salt", n),
      kind: "moment",
      at: Math.floor(until - span * roll()),
      zone: 60,
      fields: { words: `${words.join(" ")} no${n}` },
    });
    const header = JSON.stringify({
      v: 1,
      entry: id("entry", n),
      parents: [],
      device,
      member,
      body: hex(labelled("bothways/body/1", body)),
      size: Buffer.byteLength(body),
    });
    revisions.push(labelled("bothways/revision/1", header));
    lines.push(JSON.stringify({ type: "revision", header }), JSON.stringify({ type: "body", text: body }));
  }
  let previous = null;
  let last = null;
  for (let at = 0; at < revisions.length; at += 2000) {
    const run = revisions.slice(at, at + 2000);
    lines.push(JSON.stringify({ type: "link", device, seq: at + 1, previous, revisions: run.map(hex) }));
    run.forEach((revision, n) => {
      const seq = Buffer.alloc(8);
      seq.writeBigUInt64BE(BigInt(at + n + 1));
      last = labelled("bothways/link/1", Buffer.from(device, "hex"), seq, last ?? Buffer.alloc(32), revision);
    });
    previous = hex(last);
  }
  const header = {
    type: "header",
    format: "bothways/swap",
    version: 1,
    about: "A log made for a test.",
    app: "0.0.0",
    made: until,
    from: { device, member, name: "Tom" },
    origins: [hex(labelled("test/origin", `${pair}`)).slice(0, 32)],
    have: { [device]: { seq: revisions.length, link: previous } },
    wants: [],
  };
  const all = [JSON.stringify(header), ...lines];
  const digest = hex(sha256(all.map((line) => `${line}\n`).join("")));
  all.push(JSON.stringify({ type: "seal", lines: all.length, digest }));
  return `${all.join("\n")}\n`;
}
