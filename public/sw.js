// Bothways without a signal. This file lives at one address for ever (sw.js, beside index.html); the build
// (`cargo xtask dist`) fills in the two constants below, and one changed byte here is what makes a new version.
//
// The promises it keeps:
// - A version is on the phone whole or not at all, every byte checked against the list, never mixed with another.
// - What is on the phone is served from there, without waiting for the network.
// - A new version waits until the person agrees; the one before it stays for tabs that still run it.
// - What has gone bad on the phone is found and brought again; without a signal there is a page that says what is safe.
// - A file that another app shares with us is on the phone before anything is answered, and never goes to the host.
// - A language beside English is on the phones of those who have chosen it, and goes along into the next version.
// - It touches caches of its own name only: on a shared address the neighbours' are not ours.
//   The log is not here at all: it lives in IndexedDB, which this file never opens.

const VERSION = "unbuilt";
const FILES = []; // { url, integrity, bytes, group }, in the order in which they are needed

const SHELL = self.registration.scope; // the page's address; never index.html, which hosts like to redirect
const PREFIX = `bothways-${new URL(SHELL).pathname}@`;
const CACHE = PREFIX + VERSION;
const INBOX = `bothways-${new URL(SHELL).pathname}!inbox`; // not a version's: no new version clears it away
const SHARED = new URL("shared", SHELL).href; // the file in it
const SHARE = `${SHELL}?share`; // where other apps send it: the manifest's `share_target`
const SHARED_BYTES = 32 * 1024 * 1024 + 1; // one more than a swap file may have, so that the page says so
const MARKER = new URL("complete", SHELL).href; // put last: a cache without it is a half-finished one
const GROUPS = ["first", "content", "later"]; // what answers the first tap, what people read, the rest
const LISTED = new Map(FILES.map((file) => [new URL(file.url, SHELL).href, file]));
const WHOLE = [...LISTED].filter(([, file]) => GROUPS.includes(file.group)).map(([url]) => url); // what every phone keeps
const CHOSEN = [...LISTED].filter(([, file]) => file.group === "chosen").map(([url]) => url); // languages, kept where chosen
const HASHED = /-[0-9a-f]{12,16}(_bg|_later|_worker)?\.(js|css|wasm)$/; // a name that only one content ever had
const AS_KEPT = { ignoreVary: true };
const RESCUE = new URL("rescue.html", SHELL).href; // needs no program: what a damaged page gives way to
const BOOT = new URL("boot.js", SHELL).href;
const NEXT = [...LISTED.keys()].filter((url) => LISTED.get(url).group === "first" && url !== SHELL && !url.endsWith(".wasm"));
const ahead = new Map(); // those of NEXT that the page has not asked for yet, by address
const sound = new Set(); // files whose bytes this worker has compared with the list

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", answer);
self.addEventListener("message", listen);

// Install: bring every file, group by group, then mark the cache as complete. Any failure fails the whole
// install, and the version before goes on as if nothing had happened. While it can go on, never `skipWaiting` here.
let filling;
function fill() {
  filling ??= bringAll().finally(() => (filling = undefined));
  return filling;
}

async function bringAll() {
  try {
    for (const group of GROUPS) {
      await Promise.all([...LISTED].filter(([, file]) => file.group === group).map(([url]) => bring(url)));
    }
    await Promise.all((await chosenBefore()).map(bring));
    const turn = (await turnOf(CACHE)) ?? 0;
    await mark(turn);
    // The browser may have cleared the cache under our hands: look before saying so.
    if (!(await isComplete())) throw new Error("the cache went away while it was being filled");
    // A version that waits for a yes is of no use where the one in use has been cleared away: it cannot ask.
    if (self.registration.active && !(await othersKeptWhole())) await self.skipWaiting();
  } catch (error) {
    // A full phone gets its space back. Otherwise what has come stays, so that the next try is shorter.
    if (error.name === "QuotaExceededError") await caches.delete(CACHE);
    throw error;
  }
}

// The language that is read here was chosen in a version before, and must not need a signal after an update.
async function chosenBefore() {
  const kept = new Set();
  for (const name of await ourCaches()) {
    for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
  }
  return CHOSEN.filter((url) => kept.has(url));
}

// One file into our cache: from a copy on this phone if its bytes are the listed ones, else from the network.
async function bring(url) {
  const { integrity } = LISTED.get(url);
  const response = (await keptCopy(url, integrity)) ?? (await download(url, integrity));
  const cache = await caches.open(CACHE);
  await cache.put(url, response.clone());
  return response;
}

async function keptCopy(url, integrity) {
  for (const cacheName of await ourCaches()) {
    const copy = await caches.match(url, { ...AS_KEPT, cacheName });
    if (copy && (await digest(copy.clone())) === integrity) return copy;
  }
}

// The browser compares the bytes (`integrity`), so its own cache may answer after asking the host; if what comes
// is not what is listed, once more past every cache. A page sent in place of a missing file fails here too.
async function download(url, integrity) {
  const ask = (cache) => fetch(url, { cache, integrity, credentials: "same-origin", redirect: "error" });
  const response = await ask("no-cache").catch(() => ask("reload"));
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return response;
}

async function digest(response) {
  const hash = await crypto.subtle.digest("SHA-384", await response.arrayBuffer());
  return "sha384-" + btoa(String.fromCharCode(...new Uint8Array(hash)));
}

// Activate: this version's turn has come. The version that had the turn before stays; older ones, half-finished
// ones and those that were skipped go. (`installing`: a still newer version may be filling its cache right now.)
async function activate() {
  const turns = new Map();
  for (const name of await ourCaches()) if (name !== CACHE) turns.set(name, await turnOf(name));
  const last = Math.max(0, ...[...turns.values()].filter(Boolean));
  for (const [name, turn] of turns) {
    const stays = (turn && turn === last) || (turn === undefined && self.registration.installing);
    if (!stays) await caches.delete(name);
  }
  await mark(last + 1);
  // Pages of the version before go on with what they began; they say so.
  if (last > 0) {
    for (const page of await self.clients.matchAll()) page.postMessage({ type: "replaced" });
  }
  // The first visit's page is served offline from now on without a reload. Some WebKits need this in updates too.
  await self.clients.claim();
}

// Fetch: our own files from our own cache. Whatever is not ours is left to the browser.
function answer(event) {
  const { request } = event;
  if (request.method === "POST" && request.url === SHARE) return event.respondWith(receive(request));
  if (request.method !== "GET" || !request.url.startsWith(SHELL)) return;
  const url = new URL(request.url);
  url.hash = "";
  const navigation = request.mode === "navigate";
  const path = url.pathname.slice(new URL(SHELL).pathname.length);
  let key = url.href;
  if (navigation && (path === "" || path === "index.html")) key = SHELL;
  if (navigation && path === "rescue.html") key = RESCUE; // whatever is asked of it

  if (LISTED.has(key)) event.respondWith(serve(key, event));
  else if (HASHED.test(path)) event.respondWith(serveFormer(request));
  else if (navigation) event.respondWith(fetch(request).catch(() => Response.redirect(SHELL)));
  if (key === SHELL) lookAhead(event);
}

// Share: what another app hands over goes into the inbox, and then the page opens where it is read. Kept first: this
// worker may be stopped at any time, and the page may take long to start.
async function receive(request) {
  const form = await request.formData().catch(() => new FormData());
  const shared = form.get("file") ?? form.get("text") ?? "";
  const inbox = await caches.open(INBOX);
  await inbox.put(SHARED, new Response(new Blob([shared]).slice(0, SHARED_BYTES)));
  return Response.redirect(`${SHELL}#/swap`, 303);
}

// What lies in the cache may have been changed by a failing disk, or be gone. So bytes are compared before they are
// served, once in a worker's life; the program's own only afterwards, since the browser compiles it while it reads. A
// page that runs a damaged one is told, and stops it. What is wrong is brought again, and only with the listed bytes.
async function serve(url, event) {
  const looking = ahead.get(url) ?? lookUp(url);
  ahead.delete(url);
  const found = await looking;
  if (found) {
    const { kept, compared } = found;
    if (url.endsWith(".wasm")) event.waitUntil(compared.then((right) => right || warn(event.clientId)));
    if (url.endsWith(".wasm") || (await compared)) return kept;
  }
  return bring(url).catch(() => instead(url));
}

async function lookUp(url) {
  const kept = await caches.match(url, { ...AS_KEPT, cacheName: CACHE });
  return kept && { kept, compared: isSound(url, kept.clone()) };
}

// A page that is on its way asks for these next. Looked up and compared meanwhile, they do not keep its program waiting.
function lookAhead(event) {
  for (const url of NEXT) ahead.set(url, lookUp(url));
  event.waitUntil(Promise.allSettled(ahead.values()));
}

async function isSound(url, kept) {
  if (sound.has(url)) return true;
  const right = (await digest(kept)) === LISTED.get(url).integrity;
  if (right) sound.add(url);
  else await (await caches.open(CACHE)).delete(url);
  return right;
}

async function warn(client) {
  (await self.clients.get(client))?.postMessage({ type: "damaged" });
}

// It is not here, and the listed bytes cannot be had. Where everything was cleared away and the host has gone on, the
// host's version is passed on as it is, all of it, until the new worker has it. Otherwise: never a blank page.
async function instead(url) {
  const shell = await caches.match(SHELL, { ...AS_KEPT, cacheName: CACHE });
  if (!shell && navigator.onLine) {
    self.registration.update().catch(() => {});
    const answer = await fetch(url, { cache: "no-cache" }).catch(() => undefined);
    if (answer) return answer;
  }
  const rescue = await caches.match(RESCUE, { ...AS_KEPT, cacheName: CACHE });
  if (url === SHELL && rescue) return Response.redirect(RESCUE);
  // Asked for as a module by the page: in its place, one that goes there.
  if (url === BOOT && rescue) {
    return new Response('location.replace("rescue.html");', { headers: { "content-type": "text/javascript" } });
  }
  return missing();
}

// A tab that still runs the version before asks for that version's files, whose names no other version uses.
async function serveFormer(request) {
  for (const cacheName of await ourCaches()) {
    const copy = await caches.match(request, { ...AS_KEPT, cacheName });
    if (copy) return copy;
  }
  return fetch(request).catch(missing);
}

function missing() {
  const words = "A part of Bothways is missing on this phone. Connect to the internet once, and open it again.";
  return new Response(words, { status: 504, headers: { "content-type": "text/plain; charset=utf-8" } });
}

// Messages: the page asks how things stand, passes on the person's yes to a new version, and tells of a failed start.
function listen(event) {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
  if (event.data?.type === "status") event.waitUntil(tell(event.ports[0], event.data.language));
  if (event.data?.type === "mend") event.waitUntil(mend());
}

// The page names the language it is in: for a reader of another than English, everything is that language, too.
async function tell(port, language) {
  const chosen = CHOSEN.filter((url) => url.endsWith(`/${language}.txt`));
  const complete = (await isComplete()) && (await areKept(chosen));
  const bytes = WHOLE.reduce((sum, url) => sum + LISTED.get(url).bytes, 0);
  port?.postMessage({ version: VERSION, complete, files: WHOLE.length, bytes });
  // Something was cleared away, or has gone bad: bring it back if the network is there, and say so at the next question.
  await mend();
  if (!(await areKept(chosen))) await Promise.all(chosen.map(bring)).catch(() => {});
}

async function mend() {
  // A newer version is coming, with all its files: its turn must not wait for ours.
  if (self.registration.installing) return;
  for (const url of LISTED.keys()) {
    const kept = await caches.match(url, { ...AS_KEPT, cacheName: CACHE });
    if (kept) await isSound(url, kept);
  }
  if (!(await isComplete())) await fill().catch(() => {});
}

async function ourCaches() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  return names.sort((a, b) => (b === CACHE) - (a === CACHE)); // this version's own first
}

// How many versions had been served when this one's turn came: 0 while it waits, undefined if it is not complete.
async function turnOf(cacheName) {
  const marker = await caches.match(MARKER, { cacheName });
  return marker && (await marker.json()).turn;
}

// Whether another version is here that can be served whole.
async function othersKeptWhole() {
  for (const name of await ourCaches()) {
    const shell = name !== CACHE && (await caches.match(SHELL, { ...AS_KEPT, cacheName: name }));
    if (shell && (await turnOf(name))) return true;
  }
  return false;
}

async function mark(turn) {
  await (await caches.open(CACHE)).put(MARKER, Response.json({ version: VERSION, turn }));
}

async function isComplete() {
  return (await turnOf(CACHE)) !== undefined && areKept(WHOLE);
}

async function areKept(urls) {
  const kept = new Set((await (await caches.open(CACHE)).keys()).map((request) => request.url));
  return urls.every((url) => kept.has(url));
}
