// Swap files that nobody's phone would write: with every hash made to fit, unless it is the hash that is wrong.
import { sign } from "node:crypto";
import { hex, labelled, sha256 } from "./biglog.mjs";

/** The device a forged file says it is from. */
export const deviceOf = (member) => id(`device of ${member}`);

const id = (what) => hex(labelled("test/forge", what)).slice(0, 32);

/** Puts a seal under lines, with the numbers that fit them. */
export function sealed(lines, change = (seal) => seal) {
  const digest = hex(sha256(lines.map((line) => `${line}\n`).join("")));
  return `${[...lines, JSON.stringify(change({ type: "seal", lines: lines.length, digest }))].join("\n")}\n`;
}

/**
 * A file of entries whose bodies these are (objects, or texts as they are to stand). The parts can be changed on the
 * way: the file's `header`, each `revision`, the `links`, all `lines`, and the `seal`.
 */
export function forged({
  bodies = [{}],
  pair = 1,
  member = "son",
  who = member,
  name = "Tom",
  header = (it) => it,
  revision = (it) => it,
  links = (it) => it,
  lines = (it) => it,
  seal,
}) {
  const device = deviceOf(member);
  const ids = [];
  const said = bodies.flatMap((given, n) => {
    const whole = { salt: id(`salt ${n}`), kind: "moment", at: 1_760_000_000_000, zone: 60, fields: { words: `forged ${n}` } };
    const body = typeof given === "string" ? given : JSON.stringify({ ...whole, ...given });
    const part = {
      v: 1, entry: id(`${body} ${n}`), parents: [], device, member: who,
      body: hex(labelled("bothways/body/1", body)), size: Buffer.byteLength(body),
    };
    const changed = revision(part, n);
    const text = typeof changed === "string" ? changed : JSON.stringify(changed);
    ids.push(labelled("bothways/revision/1", text));
    return [{ type: "revision", header: text }, { type: "body", text: body }].map((line) => JSON.stringify(line));
  });
  let last = null;
  ids.forEach((of, n) => {
    const seq = Buffer.alloc(8);
    seq.writeBigUInt64BE(BigInt(n + 1));
    last = labelled("bothways/link/1", Buffer.from(device, "hex"), seq, last ?? Buffer.alloc(32), of);
  });
  const link = links({ type: "link", device, seq: 1, previous: null, revisions: ids.map(hex) });
  const top = header({
    type: "header", format: "bothways/swap", version: 1, about: "Forged for a test.", app: "0.0.0", made: 1_760_000_000_000,
    from: { device, member, name }, origins: [hex(labelled("test/origin", `${pair}`)).slice(0, 32)],
    have: { [device]: { seq: ids.length, link: hex(last) } }, wants: [],
  });
  const all = [typeof top === "string" ? top : JSON.stringify(top), ...said, JSON.stringify(link)];
  return sealed(lines(all), seal);
}

/** A forged file that is signed all the same, with the key of the phone it says it is from, for phones with these keys. */
export function signed({ key, to, ...parts }) {
  const by = Buffer.from(deviceOf(parts.member ?? "son"), "hex");
  const signature = (label, ...of) => hex(sign(null, labelled(label, ...of), key));
  const chain = (lines) => {
    const { have } = JSON.parse(lines[0]);
    const [[device, { seq, link }]] = Object.entries(have);
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(BigInt(seq));
    const over = signature("bothways/signed/1", by, number, Buffer.from(link, "hex"));
    return JSON.stringify({ type: "signed", device, seq, link, signature: over });
  };
  return forged({
    ...parts,
    header: (it) => ({ ...it, to }),
    lines: (all) => [...(parts.lines?.(all) ?? all), chain(all)],
    seal: (it) => ({ ...it, signature: signature("bothways/seal/1", by, Buffer.from(it.digest, "hex")) }),
  });
}
