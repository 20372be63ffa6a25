// Every room: whole without a signal, usable by keyboard alone and with large text. (What axe says: states.test.mjs.)
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone, openPhone, readyForOutings } from "./lib/browser.mjs";
import { card, cardOf, give, goTo, goToPairing, heading, introduce, meet, open, otherOf, pair, save, sayYes, take, timeline, write } from "./lib/phone.mjs";
import { newCard } from "./lib/card.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

const ROOMS = ["/today", "/guide", "/guide/needs", "/answers/ask-fine", "/ideas", "/ideas/cooking-his-sandwich", "/log", "/write", "/write/cooking-his-sandwich", "/new/agreement", "/new/letter", "/new/check-in", "/kept/agreement", "/both", "/book", "/swap", "/us", "/nowhere"];

test("after one visit, with the server stopped, every room works and what is written stays", async (t) => {
  const server = await newServer(t);
  const profile = scratch("outing");
  let phone = await openPhone({ profile });
  await open(phone, server);
  await readyForOutings(phone.page);
  await server.stop();

  await phone.page.reload();
  await phone.page.locator("main h1").waitFor();
  const tab = { ...phone, page: await phone.context.newPage() };
  await tab.page.goto(server.url);
  for (const room of ROOMS) {
    await tab.page.goto(`${server.url}#${room}`);
    await tab.page.locator("main h1").waitFor();
    assert.equal(await tab.page.getByText("could not be loaded").count(), 0, room);
  }
  await tab.page.goto(`${server.url}#/guide/needs`);
  await tab.page.locator(".prose p").first().waitFor();
  await write(tab, "written on the mountain", { who: introduce("son", "Tom", "Mum") });
  await phone.close();

  phone = await openPhone({ profile });
  t.after(() => phone.close());
  await phone.page.goto(server.url);
  assert.deepEqual(await timeline(phone), ["written on the mountain"]);
});

test("a feeling is picked by its face, more nearly by a word, or in a word of one's own", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  const start = async () => {
    await goTo(phone, "Log");
    await page.getByRole("link", { name: "Write", exact: true }).click();
    await heading(phone, "Write");
  };
  const face = (name) => page.locator(".faces").getByRole("radio", { name, exact: true });
  const word = (name) => page.getByRole("group", { name: "Nearer still" }).getByRole("radio", { name, exact: true });
  await open(phone, server);
  await write(phone, "by its face", { who: introduce("mother", "Ana", "Tom"), feeling: "Scared" });
  assert.match(await card(phone, "by its face").innerText(), /Felt scared/);

  await start();
  assert.equal(await page.locator(".faces").getByRole("radio").count(), 8);
  await page.locator("#words").fill("more nearly");
  await face("Glad").check();
  await word("delighted").check();
  await page.getByText("This is better than I had hoped.").waitFor();
  await page.getByText(/What has helped others: Told someone/).waitFor();
  assert.ok(await face("Glad").isChecked(), "the face stays");
  assert.ok(await word("delighted").evaluate((it) => it === document.activeElement), "and so does the focus");
  await save(phone);
  assert.match(await card(phone, "more nearly").innerText(), /Felt delighted/);
  // Tapped once more, nothing is picked any longer.
  await card(phone, "more nearly").getByRole("link", { name: "Change", exact: true }).click();
  await heading(phone, "Change an entry");
  assert.ok(await word("delighted").isChecked());
  await word("delighted").click();
  assert.ok(!(await face("Glad").isChecked()));
  // Letter by letter, through a word the app knows.
  await page.locator("#own-feeling").pressSequentially("sad-ish");
  assert.equal(await page.locator("#own-feeling").inputValue(), "sad-ish");
  await save(phone);
  assert.match(await card(phone, "more nearly").innerText(), /Felt sad-ish/);

  // As many words as his age can use.
  const words = async (stage) => {
    await goTo(phone, "Us");
    await page.getByLabel("His age").selectOption(stage);
    await start();
    await face("Tired").check();
    const count = await page.getByRole("group", { name: "Nearer still" }).getByRole("radio").count();
    await page.getByRole("button", { name: "Give up this text" }).click();
    return count;
  };
  assert.equal(await words("little"), 0);
  assert.equal(await words("school"), 4);
  assert.equal(await words("grown"), 12);
  assert.deepEqual(phone.errors, []);
});

test("with text twice as large no room is wider than the phone", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, { device: { viewport: { width: 360, height: 740 } } });
  const { page } = phone;
  await open(phone, server);
  await write(phone, "not swapped yet", { who: introduce("mother", "Ana", "Tom"), feeling: "Glad", theme: "talking" });
  const fits = async (room) => {
    // A style sheet made by a script is the one sort of style the page's policy leaves to a test.
    const width = await page.evaluate(() => {
      const larger = new CSSStyleSheet();
      larger.replaceSync("html { font-size: 200% !important }");
      document.adoptedStyleSheets = [larger];
      return document.documentElement.scrollWidth;
    });
    assert.ok(width <= 360, `${room} is ${width} wide`);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("main button, main summary, main p, main h2, main h3, main .words li")]
        .filter((part) => !part.classList.contains("hidden"))
        .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > 345)
        .map((part) => part.textContent),
    );
    assert.deepEqual(cut, [], `${room} has parts that are cut off or reach the edge`);
  };
  for (const room of ROOMS) {
    await page.goto(`${server.url}#${room}`);
    await page.locator("main h1").waitFor();
    if (room === "/log") await page.locator("article.entry").waitFor();
    if (room === "/swap") await cardOf(phone);
    await fits(room);
  }
  await goToPairing(phone);
  await meet(phone, newCard({ name: "Tom" }));
  await fits("swap, with words to compare");
  await sayYes(phone);
  await page.getByRole("button", { name: "Make the file" }).click();
  await page.getByRole("button", { name: "Show as a moving code" }).waitFor();
  await page.locator("summary", { hasText: "Your phones" }).click();
  await page.getByRole("button", { name: "It is gone" }).waitFor();
  await fits("swap, with a file made");
});

/** Tab until the focus is on something whose name fits; fails if it never is. */
async function tabTo(page, name) {
  for (let n = 0; n < 150; n++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element.labels?.[0]?.innerText ?? "";
      return (element.getAttribute("aria-label") ?? "") + " " + (element.innerText || label);
    });
    if (here.includes(name)) return;
  }
  assert.fail(`the keyboard never reaches "${name}"`);
}

test("every room works by keyboard alone", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, { device: { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false } });
  const { page } = phone;
  await open(phone, server);
  for (const room of ["Guide", "Ideas", "Log", "Swap", "Today"]) {
    await tabTo(page, room);
    await page.keyboard.press("Enter");
    await heading(phone, room);
    // The focus lands on the heading, where the eye is.
    await page.waitForFunction((name) => document.activeElement.tagName === "H1" && document.activeElement.innerText === name, room);
  }
  // Guide: search, open the first chapter found.
  await tabTo(page, "Guide");
  await page.keyboard.press("Enter");
  await heading(phone, "Guide");
  await tabTo(page, "Search the guide");
  await page.keyboard.type("chapter");
  await page.locator("ul.cards mark").first().waitFor();
  // Write: words, feeling, who, save.
  await page.goto(`${server.url}#/write`);
  await page.locator("#words").focus();
  await page.keyboard.type("By keyboard");
  await tabTo(page, "Glad");
  await page.keyboard.press("Space");
  await tabTo(page, "The mother");
  await page.keyboard.press("Space");
  await tabTo(page, "Save");
  await page.keyboard.press("Enter");
  await page.getByText("Saved on this phone.").waitFor();
  assert.match(await page.locator("article.entry").innerText(), /By keyboard/);
  assert.match(await page.locator("article.entry").innerText(), /Felt glad/);
  // Erase and undo.
  await tabTo(page, "Erase");
  await page.keyboard.press("Enter");
  await page.locator(".notice").getByText("Erased").waitFor();
  await tabTo(page, "Undo");
  await page.keyboard.press("Enter");
  await page.locator("article.entry").waitFor();
  // Ideas: open the filters, choose, open an idea, mark it.
  await page.goto(`${server.url}#/ideas`);
  await heading(phone, "Ideas");
  await tabTo(page, "Narrow it down");
  await page.keyboard.press("Enter");
  await tabTo(page, "Time, at most");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => /\d+ ideas?/.test(document.querySelector(".fold ~ .quiet-line, main .quiet-line").innerText));
  await tabTo(page, "Surprise us");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Favourite" }).waitFor();
  await tabTo(page, "Favourite");
  await page.keyboard.press("Enter");
  await page.locator('button[aria-pressed="true"]').waitFor();
  // Swap: pair, make the file, and it can be saved.
  await page.goto(`${server.url}#/swap`);
  await cardOf(phone);
  await tabTo(page, "Or paste the other phone's code");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText(newCard({ member: await otherOf(phone), name: "Tom" }));
  await tabTo(page, "Read the code");
  await page.keyboard.press("Enter");
  await page.locator("#met").waitFor();
  await tabTo(page, "They are the same");
  await page.keyboard.press("Enter");
  await page.locator("#give").waitFor();
  await tabTo(page, "Make the file");
  await page.keyboard.press("Enter");
  await page.locator("#leaves").waitFor();
  const saved = page.waitForEvent("download");
  await tabTo(page, "Save as a file");
  await page.keyboard.press("Enter");
  await saved;
  // The file input can be reached.
  await tabTo(page, "Pick a file");
});

test("an idea leads to an entry that carries it, and is marked as done", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await goTo(phone, "Ideas");
  await page.locator("ul.cards a").first().click();
  await page.getByRole("link", { name: "We did it" }).waitFor();
  const title = await page.locator("main h1").innerText();
  await page.getByRole("link", { name: "We did it" }).click();
  await heading(phone, "Write");
  await page.locator(".about").getByText(title).waitFor();
  await write(phone, "It worked", { who: introduce("son", "Tom", "Mum"), from: "here" });
  await page.locator("article.entry a.tag-link", { hasText: title }).click();
  await page.getByText("Done before").waitFor();
  // Back leads back to the log, and the log can be searched by the idea.
  await page.goBack();
  await heading(phone, "Log");
  await page.getByRole("searchbox").fill(title.split(" ")[0]);
  await page.locator("article.entry").waitFor();
  await page.getByRole("searchbox").fill("zzzz");
  await page.locator("article.entry").waitFor({ state: "detached" });
});

test("facets never end in an empty page", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  const { page } = phone;
  await open(phone, server);
  await goTo(phone, "Ideas");
  await page.getByText("Narrow it down").click();
  await page.getByLabel("Kind").selectOption("adventure");
  await page.getByLabel("Time, at most").selectOption("5");
  await page.getByLabel("Weather").selectOption("cold");
  if (await page.getByText("Nothing fits all of that").isVisible()) {
    await page.locator(".message").getByRole("button", { name: "Adventure" }).click();
  }
  await page.locator("ul.cards li").first().waitFor();
  await page.getByRole("button", { name: "Surprise us" }).click();
  await page.getByRole("link", { name: "We did it" }).waitFor();
});

test("a foreign word stays text, in every field", async (t) => {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  const bad = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  await open(hers, server);
  await open(his, server);
  await write(hers, bad, { who: introduce("mother", bad.slice(0, 60), bad.slice(0, 60)) });
  await pair(hers, his, { who: [, introduce("son", bad.slice(0, 60), bad.slice(0, 60))] });
  await take(his, await give(hers), { accept: true });
  assert.deepEqual(await timeline(his), [bad]);
  assert.equal(await his.page.locator("main img, main script").count(), 0);
  assert.doesNotMatch(await his.page.title(), /owned/);
});
