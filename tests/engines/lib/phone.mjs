// A phone: the engine under test with a memory of its own, and what a person does with what is on its screen: look,
// tap, type. Nothing is reached that cannot be seen.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { scratch } from "../../e2e/lib/scratch.mjs";
import { ENGINE, folder } from "./engines.mjs";
import { end, freePort, start } from "./processes.mjs";

const require = createRequire(import.meta.url);
const { Capabilities, Key, WebDriver, error } = require("selenium-webdriver");
const { HttpClient } = require("selenium-webdriver/http");
const { Executor } = require("selenium-webdriver/lib/http");

const PATIENCE = 20_000;
/** What goes by: a part was drawn anew, or covered, or on its way to another place. */
const PASSES = [error.StaleElementReferenceError, error.ElementClickInterceptedError, error.ElementNotInteractableError];
const passes = (why) => {
  if (!PASSES.some((sort) => why instanceof sort)) throw why;
};

/** Asks again and again until the answer is something true, and gives it. */
export async function until(what, ask, patience = PATIENCE) {
  for (const until = Date.now() + patience; ; await sleep(40)) {
    const answer = await Promise.resolve(ask()).catch(passes);
    if (answer) return answer;
    assert.ok(Date.now() < until, `not after ${patience} ms: ${what}`);
  }
}

/** Opens the phone whose memory is in this folder; open it again and it remembers. */
export async function openPhone(memory) {
  const place = { profile: folder(memory, "profile"), downloads: folder(memory, "downloads") };
  const [port, other] = [await freePort(), await freePort()];
  const [command, ...args] = ENGINE.driver({ port, other });
  const driver = start(command, args, await ENGINE.env?.(place));
  const address = `http://127.0.0.1:${port}`;
  await until(`${command} answers`, () => fetch(`${address}/status`).then((answer) => answer.ok, () => false));
  const session = WebDriver.createSession(new Executor(new HttpClient(address)), new Capabilities(ENGINE.capabilities(place)));
  await session.getSession();
  const errors = [];
  await ENGINE.hear(session, driver, (line) => errors.push(line));
  return new Phone(session, driver, place.downloads, errors);
}

/** A new phone for one test, put away after it. */
export async function newPhone(test, memory = scratch("engine")) {
  const phone = await openPhone(memory);
  test.after(() => phone.close());
  return phone;
}

// All that is on the screen and says this; a part that says nothing else comes first.
const SEEN = `
  const [css, words] = arguments;
  const said = (part) => part.textContent.replace(/\\s+/g, " ").trim();
  return [...document.querySelectorAll(css)]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }))
    .filter((part) => words === null || said(part).includes(words))
    .sort((a, b) => (words !== null) * ((said(b) === words) - (said(a) === words)))`;

class Phone {
  constructor(session, driver, downloads, errors) {
    Object.assign(this, { session, driver, downloads, errors });
  }

  /** As a person closes it. */
  async close() {
    if (!this.session) return;
    const session = this.session;
    this.session = undefined;
    await session.quit();
    end(this.driver);
  }

  /** Goes to an address by typing it, which is not the same as asking for the page anew. */
  async visit(address) {
    // From an empty page: to the same address with another end, a browser would only move within the page.
    await this.session.get("about:blank");
    await this.session.get(address);
    // The page shows the same before the program is there: what is found in it then is about to go.
    await this.gone(".shell");
    await this.see("main.page h1");
  }

  /** Runs a script in the page. */
  run(script, ...args) {
    return this.session.executeScript(script, ...args);
  }

  /** Runs an expression that promises something, and gives what comes of it. */
  async promised(expression) {
    const script = `const done = arguments[0]; (${expression}).then((it) => done([it]), (why) => done([null, String(why)]))`;
    const [it, why] = await this.session.executeAsyncScript(script);
    if (why) throw new Error(why);
    return it;
  }

  /** All that can be seen of this kind, with these words if there are any. */
  find(css, words = null) {
    return this.run(SEEN, css, words);
  }

  /** Waits until it can be seen; gives it. */
  async see(css, words = null, patience = PATIENCE) {
    const [part] = await until(`${css} ${words ?? ""} is seen`, () => this.find(css, words).then((found) => found[0] && found), patience);
    return part;
  }

  /** Waits until it cannot be seen. */
  gone(css, words = null) {
    return until(`${css} ${words ?? ""} is gone`, async () => (await this.find(css, words)).length === 0);
  }

  /** What it says. */
  async says(css, words = null) {
    return this.act(() => this.see(css, words).then((part) => this.run("return arguments[0].innerText", part)));
  }

  /** Taps it, once it can be seen. */
  tap(css, words = null) {
    return this.act(async () => {
      const part = await this.see(css, words);
      // To where nothing lies over it: the bar of the rooms is always at the foot.
      await this.run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", part);
      await part.click();
    });
  }

  /** Types into a field, in place of what is there. */
  async type(css, text) {
    const field = await this.see(css);
    await this.run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", field);
    await field.click();
    if (await field.getProperty("value")) await field.sendKeys(Key.chord(Key.CONTROL, "a"));
    await field.sendKeys(text);
    assert.equal(await field.getProperty("value"), text);
  }

  /** Puts a long text into an empty field at once, as pasting does. */
  async paste(css, text) {
    const field = await this.see(css);
    await this.run("arguments[0].focus(); document.execCommand('insertText', false, arguments[1])", field, text);
    assert.equal(await field.getProperty("value"), text);
  }

  /** Pastes what was copied. */
  async pasteCopied(css) {
    await (await this.see(css)).sendKeys(Key.chord(Key.CONTROL, "v"));
  }

  /** Picks a file. Its field lies unseen over the button that says so. */
  async pick(css, path) {
    await (await this.run("return document.querySelector(arguments[0])", css)).sendKeys(path);
  }

  /** The file that is saved by this, as its name and text, once all of it is there. */
  async saved(by) {
    const before = new Set(readdirSync(this.downloads));
    await by();
    const name = await until("a file is saved", () => {
      const names = readdirSync(this.downloads).filter((name) => !before.has(name));
      return names.find((name) => /\.txt$/.test(name) && names.length === 1);
    });
    const path = join(this.downloads, name);
    await until("the file is whole", () => readFileSync(path, "utf8").endsWith("-----END AGE ENCRYPTED FILE-----\n"));
    return { name, path, text: readFileSync(path, "utf8") };
  }

  /** Does something with what is seen, and once more where that passes. */
  async act(deed) {
    for (const until = Date.now() + PATIENCE; ; await sleep(100)) {
      try {
        return await deed();
      } catch (why) {
        if (Date.now() > until) throw why;
        passes(why);
      }
    }
  }
}
