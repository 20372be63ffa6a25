// The app in words of the app: go to a room, write, change, pair, give, take.
import assert from "node:assert/strict";
import { until } from "./phone.mjs";

export const HER = { member: "The mother", ownName: "Ana", otherName: "Tom" };
export const HIM = { member: "The son", ownName: "Tom", otherName: "Mum" };

/** Goes to a room by its link, as a thumb would. */
export async function goTo(phone, room) {
  await phone.tap(room === "Us" ? "header a" : "nav a", room);
  await phone.see("main h1", room);
}

/** Waits until everything is on the phone, by the app's own word for it and by the worker's. */
export async function readyForOutings(phone) {
  await until("the worker has all", () =>
    phone.promised(`(async () => {
      const worker = navigator.serviceWorker.controller;
      if (!worker) return false;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((done) => (port1.onmessage = ({ data }) => done(data.complete)));
      worker.postMessage({ type: "status" }, [port2]);
      return answer;
    })()`),
  );
  await goTo(phone, "Today");
  await phone.see("main p", "Ready for outings: everything is on this phone.");
}

/** Says who writes on this phone. */
async function introduce(phone, who) {
  await phone.tap(".introduce .chip", who.member);
  await phone.type("#own-name", who.ownName);
  await phone.type("#other-name", who.otherName);
}

/** Writes an entry and waits until the app says that it is saved. `who` is asked before the first. */
export async function write(phone, words, who) {
  await goTo(phone, "Log");
  await phone.tap("main a", "Write");
  await phone.see("main h1", "Write");
  await phone.type("#words", words);
  if (who) await introduce(phone, who);
  await save(phone);
}

/** Changes the words of the newest entry that says this. */
export async function change(phone, from, to) {
  await goTo(phone, "Log");
  await phone.see("article .entry-words", from);
  await phone.tap("article a", "Change");
  await phone.see("main h1", "Change an entry");
  await phone.type("#words", to);
  await save(phone);
}

async function save(phone) {
  await phone.tap("main button", "Save");
  await phone.see(".notice", "Saved on this phone.");
  await phone.see("main h1", "Log");
}

/** Every entry's words, in the order of the timeline, once there are so many. */
export async function timeline(phone, count) {
  await goTo(phone, "Log");
  const words = "return [...document.querySelectorAll('article.entry .entry-words')].map((words) => words.innerText)";
  return until(`${count} entries`, () => phone.run(words).then((all) => all.length === count && all));
}

/** Goes where a phone that has never been paired is; says who writes there, where nobody has yet. */
async function goToPairing(phone, who) {
  await goTo(phone, "Swap");
  if (who) {
    await introduce(phone, who);
    await phone.tap("main button", "Go on");
  }
  await phone.tap("summary", "Not in one room?");
  await until("the code is there", () => phone.run("return document.querySelector('#my-card')?.value.startsWith('BOTHWAYS:')"));
  return phone.run("return document.querySelector('#my-card').value");
}

/** Pastes the other phone's code; gives the words to compare. */
async function meet(phone, card) {
  await phone.tap("summary", "Or paste the other phone's code");
  await phone.paste("#their-card", card);
  await phone.tap("main button", "Read the code");
  await phone.see("#met");
  return phone.run("return [...document.querySelectorAll('ol.words li')].map((word) => word.innerText)");
}

/** Pairs two phones by their codes as text; both show the same words, and both say yes. */
export async function pair(phones, who = []) {
  const cards = [];
  for (const [at, phone] of phones.entries()) cards.push(await goToPairing(phone, who[at]));
  const words = [await meet(phones[0], cards[1]), await meet(phones[1], cards[0])];
  assert.equal(words[0].length, 12);
  assert.deepEqual(words[0], words[1]);
  for (const phone of phones) {
    await phone.tap("main button", "They are the same");
    await phone.see(".notice", "Paired. Now you can swap.");
  }
}

/** Makes a swap file and saves it. */
export async function give(phone) {
  await goTo(phone, "Swap");
  await phone.tap("main button", "Make the file");
  await phone.see("#leaves");
  return phone.saved(() => phone.tap("main button", "Save as a file"));
}

/** Picks a file, looks at what it would bring, and says yes; gives what the preview said. */
export async function take(phone, file) {
  await goTo(phone, "Swap");
  await phone.pick("section[aria-labelledby=take] input[type=file]", file.path);
  await phone.see("#outcome");
  const preview = await phone.says(".incoming");
  await phone.tap("main button", "Take it in");
  await phone.see(".notice", "Done. This phone now holds what the file brought.");
  return preview;
}

/** Shows what leaves as a moving code, of which another phone would see one picture after the other. */
export async function show(phone) {
  await goTo(phone, "Swap");
  await phone.tap("main button", "Make the file");
  await phone.tap("main button", "Show as a moving code");
  // The canvas belongs to the program for codes; a copy of it tells what is drawn.
  const picture = () =>
    phone.run(`
      const code = document.querySelector("canvas.code");
      const copy = Object.assign(document.createElement("canvas"), { width: code.width, height: code.height });
      const drawn = copy.getContext("2d");
      drawn.drawImage(code, 0, 0);
      const { data } = drawn.getImageData(0, 0, copy.width, copy.height);
      const dark = data.filter((part, at) => at % 4 === 0 && part < 64).length;
      return [dark / (data.length / 4), copy.toDataURL()]`);
  await phone.see("canvas.code");
  const seen = new Set();
  await until("three pictures of the code are seen", async () => {
    const [dark, url] = await picture();
    if (dark > 0.2 && dark < 0.8) seen.add(url);
    return seen.size > 2;
  });
  await phone.tap("main button", "Stop showing");
}

/**
 * Asks for a file that was made as text, and pastes it where texts are read: as the browser copied it, or, where it does
 * not copy, as the app then shows it to be marked. Gives the text that arrived.
 */
export async function copyAndPaste(phone) {
  await phone.tap("main button", "Copy as text");
  await until("the app says what became of it", async () => (await phone.find(".notice", "Copied.")).length + (await phone.find("#by-hand")).length);
  const says = await phone.says(".notice");
  const shown = await phone.run("return document.querySelector('#by-hand')?.value");
  assert.equal(says.includes("Copied."), shown === null, says);
  await phone.tap("summary", "Or paste");
  if (shown) await phone.paste("#pasted", shown);
  else await phone.pasteCopied("#pasted");
  return phone.run("return document.querySelector('#pasted').value");
}

/** Tries to film where there is no camera: it is said, and that a file does as well. */
export async function filmNothing(phone) {
  await goTo(phone, "Swap");
  await phone.tap("main button", "Film a moving code");
  await phone.see("[role=alert]", "ick a file instead.");
}
