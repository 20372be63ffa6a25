// The language of the app: the browser's from the first start, another one by choice, and neither needs a signal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { appRuns, newPhone, openPhone, readyForOutings } from "./lib/browser.mjs";
import { goTo, heading, introduce, open, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer, nextVersion, versionOf } from "./lib/server.mjs";

const SPANISH = { device: { locale: "es-MX" } };
const OWN_FILES = ["words/es.txt", "pack/es.txt"];

/** Which of the Spanish files are on the phone in the version in use. */
const kept = (page) =>
  page.evaluate(async (files) => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const found = await Promise.all(files.map(async (file) => (await Promise.all(caches_.map((it) => it.match(file)))).some(Boolean)));
    return files.filter((_, at) => found[at]);
  }, OWN_FILES);

/** Waits until the Spanish files are on the phone, which is when the app says that it is ready. */
async function readyInSpanish(page) {
  await readyForOutings(page);
  for (const end = Date.now() + 20_000; (await kept(page)).length < OWN_FILES.length; await page.waitForTimeout(50)) {
    assert.ok(Date.now() < end, `kept: ${await kept(page)}`);
  }
}

const languageOf = (page) => page.evaluate(() => document.documentElement.lang);

const choose = async ({ page }, label, language) => {
  const loaded = page.waitForEvent("load");
  await page.getByLabel(label).selectOption(language);
  await loaded;
  await appRuns(page);
};

test("a Spanish browser sees Spanish from the first start, and without a server after one visit", async (t) => {
  const server = await newServer(t);
  const profile = scratch("spanish");
  let phone = await openPhone({ profile, ...SPANISH });
  await open(phone, server);
  await heading(phone, "Hoy");
  assert.equal(await languageOf(phone.page), "es");
  await readyInSpanish(phone.page);
  await phone.page.getByText("Listo para salir").waitFor();
  await phone.close();
  await server.stop();

  phone = await openPhone({ profile, ...SPANISH });
  t.after(() => phone.close());
  const { page } = phone;
  await page.goto(server.url);
  await heading(phone, "Hoy");
  // What one reads is Spanish as far as it has been translated; what is named by an id is, too.
  await page.goto(`${server.url}#/guide/needs`);
  await heading(phone, "Los dos necesitan algo");
  await page.goto(`${server.url}#/ideas/art-one-line-each`);
  await heading(phone, "Una línea cada uno, sin palabras");
  assert.match(await page.locator("main").innerText(), /Arte/);
  await page.goto(`${server.url}#/ideas`);
  await page.getByText(/^\d+ ideas$/).waitFor();
  // A number has its form, a date its month.
  await goTo(phone, "Diario");
  await page.getByRole("link", { name: "Escribir", exact: true }).click();
  await page.locator("#words").fill("una línea");
  await page.getByRole("radio", { name: "La madre" }).check();
  await page.locator("#own-name").fill("Ana");
  await page.getByRole("button", { name: "Guardar", exact: true }).click();
  await page.getByText("Guardado en este teléfono.").waitFor();
  const months = /enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre/;
  await page.getByText(months).first().waitFor();
  await page.goto(`${server.url}#/us`);
  await page.getByText("1 entrada en el diario", { exact: true }).waitFor();
  assert.deepEqual(phone.errors, []);
});

test("an English phone fetches nothing of another language, and counts none of it", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await heading(phone, "Today");
  await readyForOutings(phone.page);
  assert.equal(await languageOf(phone.page), "en");
  assert.deepEqual(await kept(phone.page), []);
  assert.deepEqual(OWN_FILES.map((file) => server.asked(file)), [0, 0]);
});

test("a language that is chosen stays, either way, and the log with it", async (t) => {
  const server = await newServer(t);
  const profile = scratch("choosing");
  let phone = await openPhone({ profile });
  await open(phone, server);
  await write(phone, "written in English", { who: introduce("son", "Tom", "Mum") });
  await readyForOutings(phone.page);
  await goTo(phone, "Us");
  await choose(phone, "Language", "es");
  await heading(phone, "Los dos");
  assert.deepEqual(await kept(phone.page), OWN_FILES, "chosen with a signal, it needs none from then on");
  await phone.close();
  await server.stop();

  phone = await openPhone({ profile });
  t.after(() => phone.close());
  const { page } = phone;
  await page.goto(`${server.url}#/log`);
  await heading(phone, "Diario");
  await page.getByText("written in English").waitFor();
  await page.goto(`${server.url}#/us`);
  assert.equal(await page.getByLabel("Idioma").inputValue(), "es");
  await choose(phone, "Idioma", "en");
  await heading(phone, "Us");
  await page.reload();
  await heading(phone, "Us");
  await choose(phone, "Language", "");
  await heading(phone, "Us");
  assert.deepEqual(phone.errors, []);
});

test("English that was chosen in a Spanish browser stays", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, SPANISH);
  await open(phone, server);
  await phone.page.goto(`${server.url}#/us`);
  await heading(phone, "Los dos");
  await choose(phone, "Idioma", "en");
  await heading(phone, "Us");
  await phone.page.reload();
  await heading(phone, "Us");
  assert.equal(await languageOf(phone.page), "en");
});

for (const [what, fault] of [
  ["are missing", () => ({ status: 404 })],
  ["break off", (text) => ({ body: text.slice(0, text.length / 2) })],
  ["belong to another version", (text) => ({ body: `00000000${text.slice(8)}` })],
]) {
  test(`where the words of the language ${what}, the app is in English`, async (t) => {
    const server = await newServer(t);
    const words = await (await fetch(`${server.url}words/es.txt`)).text();
    server.faults.set("words/es.txt", fault(words));
    const phone = await newPhone(t, SPANISH);
    await open(phone, server);
    await heading(phone, "Today");
    assert.equal(await languageOf(phone.page), "en");
    server.faults.clear();
    await phone.page.reload();
    await heading(phone, "Hoy");
  });
}

test("a language that cannot be fetched is not chosen, and the page says so", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await open(phone, server);
  await readyForOutings(phone.page);
  await goTo(phone, "Us");
  await server.stop();
  await phone.page.getByLabel("Language").selectOption("es");
  await phone.page.getByText("The words of that language could not be fetched.").waitFor();
  assert.equal(await phone.page.getByLabel("Language").inputValue(), "", "so that it can be chosen again");
  await phone.page.reload();
  await heading(phone, "Us");
});

test("words that have gone bad on the phone are brought again, and without a signal the app is in English", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, SPANISH);
  const { page } = phone;
  await open(phone, server);
  await readyInSpanish(page);
  const spoil = () =>
    page.evaluate(async () => {
      const cache = await caches.open((await caches.keys()).find((name) => name.includes("@")));
      const words = await (await cache.match("words/es.txt")).text();
      await cache.put("words/es.txt", new Response(words.replace("Diario", "Diaria")));
    });
  const stopWorker = async () => {
    const devtools = await phone.context.newCDPSession(page);
    await devtools.send("ServiceWorker.enable");
    await devtools.send("ServiceWorker.stopAllWorkers");
  };
  await spoil();
  await stopWorker();
  await page.reload();
  await heading(phone, "Hoy");
  assert.equal(await page.getByText("Diaria").count(), 0);
  await readyInSpanish(page);
  await spoil();
  await stopWorker();
  await server.stop();
  await page.reload();
  await heading(phone, "Today");
});

test("what is in Spanish stays so, without a signal, after an update whose words are others", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t, SPANISH);
  const { page } = phone;
  await open(phone, server);
  await readyInSpanish(page);

  server.dist = await nextVersion("two", { "words/es.txt": (text) => text.replace("\nHoy\n", "\nHoy mismo\n") });
  await page.reload();
  await page.getByText("Hay una versión nueva lista.").waitFor();
  await server.stop();
  await page.getByRole("button", { name: "Usarla ahora" }).click();
  await page.waitForFunction(() => document.body?.dataset.version === "two");
  await appRuns(page);
  assert.equal(await versionOf(page), "two");
  assert.match(await page.locator("body").innerText(), /Hoy mismo/);
  assert.equal(await languageOf(page), "es");
  assert.deepEqual(phone.errors, []);
});
