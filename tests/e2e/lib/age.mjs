// Sealed files, opened by somebody else's programs: npm's age-encryption, and the `age` command of the system.
import { spawnSync } from "node:child_process";
import { hkdfSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { bech32 } from "@scure/base";
import { armor, Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { hex } from "./biglog.mjs";
import { stored } from "./database.mjs";
import { scratch } from "./scratch.mjs";

/** A secret key of 32 bytes, as age writes it. */
export const identityOf = (secret) => bech32.encodeFromBytes("AGE-SECRET-KEY-", secret).toUpperCase();

/** The public key that belongs to a secret one, as hexadecimal. */
export const publicOf = async (secret) => hex(bech32.decodeToBytes(await identityToRecipient(identityOf(secret))).bytes);

/** Bytes sealed for the holder of a secret key, in armor. */
export async function sealedFor(bytes, secret) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identityOf(secret)));
  return armor.encode(await encrypter.encrypt(bytes));
}

/** Bytes sealed with a passphrase, in armor. */
export async function sealedWithPhrase(bytes, phrase) {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(10);
  encrypter.setPassphrase(phrase);
  return armor.encode(await encrypter.encrypt(bytes));
}

/** What an armored, gzipped file says to the holder of one of these secret keys. */
export function opened(text, secrets) {
  const decrypter = new Decrypter();
  for (const secret of secrets) decrypter.addIdentity(identityOf(secret));
  return unpacked(text, decrypter);
}

/** What it says to somebody who knows its passphrase. */
export function openedWithPhrase(text, phrase) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(phrase);
  return unpacked(text, decrypter);
}

async function unpacked(text, decrypter) {
  return gunzipSync(await decrypter.decrypt(armor.decode(text))).toString("utf8");
}

/** The secrets with which a phone opens what is sealed for it in each of its logs, from what it keeps of itself. */
export async function secretsOf(phone) {
  const { home } = await stored(phone.page, ["home"]);
  return home.filter(([key]) => /^home/.test(key)).map(([, record]) => {
    const { seed, origin } = JSON.parse(record);
    return new Uint8Array(hkdfSync("sha256", Uint8Array.from(seed), Buffer.from(origin, "hex"), "bothways/open/1", 32));
  });
}

/** Runs a program on these bytes; gives what it wrote, or fails with what it complained of. */
export function piped(program, args, input) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, maxBuffer: 1 << 26 });
  // A program that refuses what it gets does not read it to the end.
  if (error && error.code !== "EPIPE") throw error;
  if (status !== 0) throw new Error(`${program}: ${stderr}${stdout}`);
  return stdout;
}

/**
 * Runs `age` where it asks for a passphrase, which it does at a terminal only: `script` makes it one. It is asked
 * `times` times. Gives what age wrote.
 */
export function ageAtTerminal(args, phrase, times, input) {
  const folder = scratch("age-terminal");
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  writeFileSync(from, input);
  const command = `age ${args.join(" ")} < ${from} > ${to}`;
  piped("script", ["--quiet", "--return", "--command", command, "/dev/null"], `${phrase}\n`.repeat(times));
  return readFileSync(to);
}
