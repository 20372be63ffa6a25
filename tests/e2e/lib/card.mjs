// The pairing code of a phone that is nowhere: for tests that need but one real phone, and for files that somebody
// forges. Written from docs/format.md.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { labelled } from "./biglog.mjs";

const raw = (type) => generateKeyPairSync(type).publicKey.export({ type: "spki", format: "der" }).subarray(-32);

/** The text of such a code. Parts can be given; what is not is random. */
export function newCard({
  member = "son",
  name = "",
  origins = [randomBytes(16)],
  device = randomBytes(16),
  signing = raw("ed25519"),
  sealing = raw("x25519"),
  isNew = true,
} = {}) {
  const bytes = Buffer.concat([
    Buffer.from([origins.length]), ...origins, device,
    Buffer.from([member === "son" ? 1 : 0, isNew ? 2 : 0]), signing, sealing, Buffer.alloc(4 + 8 + 8), Buffer.from(name),
  ]);
  const check = labelled("bothways/card/1", bytes).subarray(0, 4);
  return `BOTHWAYS:1:${Buffer.concat([bytes, check]).toString("hex").toUpperCase()}`;
}
