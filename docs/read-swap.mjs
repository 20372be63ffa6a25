// Reads swap files with nothing but docs/format.md and what Node brings, and prints what they say. It shares no line with
// the program: the tests run it on the files in tests/golden, so that the description and the program stay one.
//
//   node docs/read-swap.mjs [--as mother|son] file [file ...]
//   age -d -i key.txt sealed.txt | node docs/read-swap.mjs -
//
// Several files of one log are merged. Nothing is written.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const number = (n) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
};
const raw = (hex) => Buffer.from(hex, "hex");

/** The labelled hash `H` of the format: each part with its length before it. */
function H(label, ...parts) {
  const framed = parts.map((part) => Buffer.from(part)).flatMap((part) => [number(part.length), part]);
  return sha256(`${label}\0`, ...framed);
}

function check(holds, words) {
  if (!holds) throw new Error(words);
}

/** Reads one file whole, or throws. Revisions, bodies and photos are found by their hashes. */
export function read(text) {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  const lines = trimmed.split("\n").map((line) => line.trimEnd());
  const parsed = lines.map((line) => JSON.parse(line));
  const header = parsed[0];
  check(header.type === "header" && header.format === "bothways/swap", "this is not a swap file");
  check(header.version === 1, "a newer version wrote it");
  const seal = parsed.pop();
  check(seal.type === "seal", "its end is missing");
  const sealed = lines.slice(0, -1);
  check(seal.lines === sealed.length, "lines are missing");
  check(seal.digest === sha256(sealed.map((line) => `${line}\n`).join("")).toString("hex"), "it was changed on its way");

  const file = {
    header, seal, revisions: new Map(), bodies: new Map(), links: [], photos: new Map(), thumbs: new Map(), unknown: [],
    vouch: [], gone: [], signed: [],
  };
  const chunks = new Map();
  for (const [at, line] of parsed.entries()) {
    if (line.type === "revision") {
      const id = H("bothways/revision/1", line.header).toString("hex");
      file.revisions.set(id, { id, erases: false, ...JSON.parse(line.header) });
    } else if (line.type === "body") {
      file.bodies.set(H("bothways/body/1", line.text).toString("hex"), JSON.parse(line.text));
    } else if (line.type === "link") {
      file.links.push(...linksOf(line));
    } else if (line.type === "blob-chunk") {
      chunks.set(line.hash, [...(chunks.get(line.hash) ?? []), Buffer.from(line.data, "base64")]);
    } else if (line.type === "thumb") {
      file.thumbs.set(line.hash, Buffer.from(line.data, "base64"));
    } else if (line.type === "vouch" || line.type === "gone" || line.type === "signed") {
      file[line.type].push(line);
    } else if (line.type !== "header") {
      file.unknown.push(lines[at]);
    }
  }
  for (const [hash, parts] of chunks) {
    const photo = Buffer.concat(parts);
    check(H("bothways/photo/1", photo).toString("hex") === hash, "a photo is not the one it is called");
    file.photos.set(hash, photo);
  }
  const published = new Set(file.links.map((link) => link.revision));
  check([...file.revisions.keys()].every((id) => published.has(id)), "a revision is in no chain");
  return file;
}

/** The links of a run: each names the hash of the one before. */
function linksOf({ device, seq, previous, revisions }) {
  return revisions.map((revision, n) => {
    const before = previous;
    const hash = H("bothways/link/1", raw(device), number(seq + n), raw(before ?? "00".repeat(32)), raw(revision));
    previous = hash.toString("hex");
    return { device, seq: seq + n, previous: before, revision, hash: previous };
  });
}

/** Whether the holder of an Ed25519 key has signed these bytes. */
function hasSigned(key, bytes, signature) {
  const spki = Buffer.concat([raw("302a300506032b6570032100"), raw(key)]);
  return verify(null, bytes, createPublicKey({ key: spki, format: "der", type: "spki" }), raw(signature));
}

const flag = (on) => Buffer.from([on ? 1 : 0]);
const phoneHash = ({ device, member, for_two, signing, sealing }) =>
  H("bothways/phone/1", raw(device), member, flag(for_two), raw(signing), raw(sealing));
const signedNumber = (n) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(n));
  return bytes;
};

/**
 * The phones one of them knows, by their device: itself, and those it knows by the words of others. `vouches` are those of
 * a file and those it holds already.
 */
export function circle(me, vouches, gone = []) {
  const known = new Map([[me.device, me]]);
  const writesAs = (phone, member) => phone.for_two || phone.member === member;
  const isWhole = (device) => vouches.some((vouch) => vouch.whole && vouch.device === device && vouch.by === me.device);
  for (let before = 0; before < known.size; ) {
    before = known.size;
    const by = new Map(known);
    for (const vouch of vouches.filter(({ device, by: who }) => !by.has(device) && by.has(who))) {
      const sayer = by.get(vouch.by);
      const may = sayer === me || !writesAs(me, vouch.member) || writesAs(sayer, vouch.member) || isWhole(vouch.by);
      const message = H("bothways/vouch/1", phoneHash(vouch), signedNumber(vouch.since), flag(vouch.whole), raw(vouch.by));
      if (may && hasSigned(sayer.signing, message, vouch.signature) && !known.has(vouch.device)) known.set(vouch.device, vouch);
    }
  }
  const counts = ({ device, by, signature }) => {
    const [whose, sayer] = [known.get(device), known.get(by)];
    return sayer && whose && (sayer === me || writesAs(sayer, whose.member)) && hasSigned(sayer.signing, H("bothways/gone/1", raw(device), raw(by)), signature);
  };
  return { known, gone: new Set(gone.filter(counts).map(({ device }) => device)) };
}

/** What a signed file proves to a phone that holds nothing yet: the phones it then knows. Throws where it proves nothing. */
export function prove(file, me, vouches) {
  const { known, gone } = circle(me, [...vouches, ...file.vouch], file.gone);
  const { from, to } = file.header;
  const sender = known.get(from.device);
  check(sender, "it is from a phone that is not known");
  check(to.includes(me.sealing), "it is for others");
  check(
    hasSigned(sender.signing, H("bothways/seal/1", raw(from.device), raw(file.seal.digest)), file.seal.signature),
    "it is not from whom it says",
  );
  const byHash = new Map(file.links.map((link) => [link.hash, link]));
  const covered = new Set();
  for (const { device, seq, link, signature } of file.signed) {
    const by = known.get(device);
    if (!by || !hasSigned(by.signing, H("bothways/signed/1", raw(device), number(seq), raw(link)), signature)) continue;
    for (let at = byHash.get(link); at; at = byHash.get(at.previous)) covered.add(at.hash);
  }
  check(file.links.every(({ hash }) => covered.has(hash)), "no signature covers a link");
  for (const { id, member } of file.revisions.values()) {
    const phones = file.links.filter(({ revision }) => revision === id).map(({ device }) => known.get(device));
    check(phones.some((phone) => phone.for_two || phone.member === member), "somebody writes in the other's name");
  }
  return { known, gone };
}

/** Several files of one log: the union. */
export function merge(files) {
  const all = (part) => new Map(files.flatMap((file) => [...file[part]]));
  const unknown = [...new Set(files.flatMap((file) => file.unknown))];
  return { revisions: all("revisions"), bodies: all("bodies"), photos: all("photos"), unknown };
}

/** What stands in a log, as one of the two may read it: entries, erased ones, names and favourites. */
export function tell(log, viewer) {
  const threads = new Map();
  for (const revision of log.revisions.values()) {
    threads.set(revision.entry, [...(threads.get(revision.entry) ?? []), revision]);
  }
  const told = { entries: [], erased: [], names: {}, favourites: { mother: [], son: [] }, unknown: log.unknown };
  for (const [entry, revisions] of threads) {
    if (isErased(revisions)) {
      told.erased.push(entry);
      continue;
    }
    const heads = headsOf(revisions).map(({ member, body }) => ({ member, body: log.bodies.get(body) }));
    const first = heads[0]?.body;
    if (first?.kind === "name") {
      if (first.fields.name) told.names[heads[0].member] = first.fields.name;
    } else if (first?.kind === "mark") {
      if (first.fields.mark === "favourite" && first.fields.on) told.favourites[heads[0].member].push(first.fields.thing);
    } else {
      const begun = revisions.find((revision) => revision.parents.length === 0) ?? revisions[0];
      const versions = heads.map(({ member, body }) => ({ member, ...shown(threads, viewer, member, body) }));
      told.entries.push({ id: entry, member: begun.member, edited: revisions.length > 1, versions });
    }
  }
  return told;
}

/** An entry is erased once each member who wrote in it has a tombstone in it. */
function isErased(revisions) {
  const members = (erases) => new Set(revisions.filter((one) => one.erases === erases).map((one) => one.member));
  const [wrote, erased] = [members(false), members(true)];
  return erased.size > 0 && [...wrote].every((member) => erased.has(member));
}

/** The revisions whose whole ancestry is there, and that no other such revision follows. */
function headsOf(revisions) {
  const byId = new Map(revisions.map((revision) => [revision.id, revision]));
  const isWhole = (id) => byId.has(id) && byId.get(id).parents.every(isWhole);
  const whole = revisions.filter((revision) => isWhole(revision.id));
  const followed = new Set(whole.flatMap((revision) => revision.parents));
  return whole.filter((revision) => !followed.has(revision.id) && !revision.erases);
}

/** What a version shows: its words, or why there are none. */
function shown(threads, viewer, member, body) {
  if (!body) return { missing: true };
  const { kind, fields, at } = body;
  if (kind !== "moment" && kind !== "answer") return { kind, at };
  const other = member === "mother" ? "son" : "mother";
  const hasAnswered = () => threads.has(H("bothways/entry/1", "answer", other, fields.about).toString("hex").slice(0, 32));
  if (kind === "answer" && viewer !== member && !hasAnswered()) return { kind, at, sealed: fields.about };
  return { kind, at, ...fields };
}

/** What stands in a file, unpacked where it is packed. */
function textOf(path) {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}

function main([...given]) {
  const as = given.indexOf("--as");
  const viewer = as < 0 ? "mother" : given.splice(as, 2)[1];
  const { entries, ...rest } = tell(merge(given.map((path) => read(textOf(path === "-" ? 0 : path)))), viewer);
  const first = ({ versions }) => versions[0]?.at ?? 0;
  console.log(JSON.stringify({ entries: entries.sort((a, b) => first(b) - first(a)), ...rest }, null, 2));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
