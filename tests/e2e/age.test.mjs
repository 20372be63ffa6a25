// Sealed files go both ways between this program and others: npm's age-encryption, and the `age` command.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { armor, Decrypter, Encrypter } from "age-encryption";
import { ageAtTerminal, identityOf, opened, openedWithPhrase, piped } from "./lib/age.mjs";
import { scratch } from "./lib/scratch.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = scratch("age");
/** Around the ends of the chunks. */
const lengths = [0, 1, 65_535, 65_536, 65_537, 200_000];
const bytes = (length) => Uint8Array.from({ length }, (_, n) => (n * 31) % 251);
const phrase = "lake soup owl drum fern kite";
const strangers = identityOf(new Uint8Array(32).fill(7));

let ours, secret, identity, identityFile, recipient;
before(async () => {
  const built = piped("cargo", ["build", "--locked", "--quiet", "--message-format=json", "--manifest-path", join(root, "Cargo.toml"), "--package", "bothways", "--example", "age"]);
  const { executable } = built.toString().trim().split("\n").map(JSON.parse).find((line) => line.executable);
  ours = (args, input) => piped(executable, args, input);
  secret = new Uint8Array(32).fill(3);
  identity = identityOf(secret);
  identityFile = join(folder, "identity");
  writeFileSync(identityFile, `${identity}\n`);
  recipient = piped("age-keygen", ["-y", identityFile]).toString().trim();
});

/** age-encryption's, which knows keys and passphrases alike. */
function theirs({ armored = false, key, phrase, work }) {
  return {
    async seal(plain) {
      const encrypter = new Encrypter();
      if (key) encrypter.addRecipient(key);
      if (phrase) encrypter.setPassphrase(phrase);
      if (work) encrypter.setScryptWorkFactor(work);
      const sealed = await encrypter.encrypt(plain);
      return armored ? armor.encode(sealed) : sealed;
    },
    open(sealed) {
      const decrypter = new Decrypter();
      if (key) decrypter.addIdentity(key);
      if (phrase) decrypter.addPassphrase(phrase);
      return decrypter.decrypt(armored ? armor.decode(sealed.toString()) : new Uint8Array(sealed));
    },
  };
}

const same = (is, must, what) => assert.ok(Buffer.from(is).equals(Buffer.from(must)), what);

for (const armored of [false, true]) {
  const dress = armored ? ["--armor"] : [];
  const as = armored ? "as text" : "as bytes";

  test(`what is sealed for a key opens in age-encryption, and what it seals opens here, ${as}`, async () => {
    for (const length of lengths) {
      const plain = bytes(length);
      const sealed = ours(["seal", recipient, ...dress], plain);
      same(await theirs({ armored, key: identity }).open(sealed), plain, `ours, ${length} bytes`);
      await assert.rejects(theirs({ armored, key: strangers }).open(sealed), /no identity matched/);
      const other = await theirs({ armored, key: recipient }).seal(plain);
      same(ours(["open", identity], other), plain, `theirs, ${length} bytes`);
      assert.throws(() => ours(["open", strangers], other), /NoMatch/);
    }
  });

  test(`what is sealed with a passphrase opens in age-encryption, and what it seals opens here, ${as}`, async () => {
    for (const length of lengths) {
      const plain = bytes(length);
      const sealed = ours(["seal", "--phrase", phrase, ...dress], plain);
      same(await theirs({ armored, phrase }).open(sealed), plain, `ours, ${length} bytes`);
      // As much work as it asks for by itself (18) once; then less, for the test's own sake.
      const other = await theirs({ armored, phrase, work: length ? 12 : undefined }).seal(plain);
      same(ours(["open", "--phrase", phrase], other), plain, `theirs, ${length} bytes`);
      assert.throws(() => ours(["open", "--phrase", `${phrase}s`], other), /NoMatch/);
    }
    const sealed = ours(["seal", "--phrase", phrase, ...dress], bytes(1));
    await assert.rejects(theirs({ armored, phrase: `${phrase}s` }).open(sealed), /no identity matched/);
  });

  test(`what is sealed for a key opens with the age command, and what it seals opens here, ${as}`, () => {
    const strangersFile = join(folder, "stranger");
    writeFileSync(strangersFile, `${strangers}\n`);
    for (const length of lengths) {
      const plain = bytes(length);
      const sealed = ours(["seal", recipient, ...dress], plain);
      same(piped("age", ["-d", "-i", identityFile], sealed), plain, `ours, ${length} bytes`);
      assert.throws(() => piped("age", ["-d", "-i", strangersFile], sealed), /no identity matched/);
      const other = piped("age", ["-e", "-r", recipient, ...dress], plain);
      assert.equal(other.toString("latin1").startsWith("-----BEGIN"), armored);
      same(ours(["open", identity], other), plain, `theirs, ${length} bytes`);
      assert.throws(() => ours(["open", strangers], other), /NoMatch/);
    }
  });

  test(`what is sealed with a passphrase opens with the age command, and what it seals opens here, ${as}`, () => {
    for (const length of lengths) {
      const plain = bytes(length);
      const sealed = ours(["seal", "--phrase", phrase, ...dress], plain);
      same(ageAtTerminal(["-d"], phrase, 1, sealed), plain, `ours, ${length} bytes`);
      const other = ageAtTerminal(["-p", ...dress], phrase, 2, plain);
      same(ours(["open", "--phrase", phrase], other), plain, `theirs, ${length} bytes`);
    }
    const sealed = ours(["seal", "--phrase", phrase, ...dress], bytes(1));
    assert.throws(() => ageAtTerminal(["-d"], `${phrase}s`, 1, sealed), /incorrect passphrase/);
  });
}

test("the other tests' own way into sealed files reads text that was packed, armored and sealed", async () => {
  const text = "a first line\nand Grüße\n";
  const forKey = ours(["seal", recipient, "--armor"], gzipSync(text)).toString();
  assert.equal(await opened(forKey, [secret]), text);
  await assert.rejects(opened(forKey, [new Uint8Array(32).fill(7)]), /no identity matched/);
  const forPhrase = ours(["seal", "--phrase", phrase, "--armor"], gzipSync(text)).toString();
  assert.equal(await openedWithPhrase(forPhrase, phrase), text);
  await assert.rejects(openedWithPhrase(forPhrase, "soup"), /no identity matched/);
});
