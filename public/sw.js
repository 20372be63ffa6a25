// Bothways without a signal. This file lives at one address for ever (sw.js, beside index.html); the build
// (`cargo xtask dist`) fills in the two constants below, and one changed byte here is what makes a new version.
//
// The promises it keeps:
// - A version is on the phone whole or not at all, every byte checked against the list, never mixed with another.
// - What is on the phone is served from there, without waiting for the network.
// - A new version waits until the person agrees; the one before it stays for tabs that still run it.
// - A file that another app shares with us is on the phone before anything is answered, and never goes to the host.
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
const HASHED = /-[0-9a-f]{12,16}(_bg)?\.(js|css|wasm)$/; // a name that only one content ever had
const AS_KEPT = { ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", answer);
self.addEventListener("message", listen);

// Install: bring every file, group by group, then mark the cache as complete. Any failure fails the whole
// install, and the version before goes on as if nothing had happened. Never `skipWaiting` here.
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
    const turn = (await turnOf(CACHE)) ?? 0;
    await mark(turn);
    // The browser may have cleared the cache under our hands: look before saying so.
    if (!(await isComplete())) throw new Error("the cache went away while it was being filled");
  } catch (error) {
    // A full phone gets its space back. Otherwise what has come stays, so that the next try is shorter.
    if (error.name === "QuotaExceededError") await caches.delete(CACHE);
    throw error;
  }
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
  const key = navigation && (path === "" || path === "index.html") ? SHELL : url.href;

  if (LISTED.has(key)) event.respondWith(serve(key));
  else if (HASHED.test(path)) event.respondWith(serveFormer(request));
  else if (navigation) event.respondWith(fetch(request).catch(() => Response.redirect(SHELL)));
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

// A file that has gone missing is brought again, and only with the listed bytes; without a signal the answer is no.
async function serve(url) {
  return (await caches.match(url, { ...AS_KEPT, cacheName: CACHE })) ?? bring(url).catch(missing);
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

// Messages: the page asks how things stand, and passes on the person's yes to a new version.
function listen(event) {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
  if (event.data?.type === "status") event.waitUntil(tell(event.ports[0]));
}

async function tell(port) {
  const complete = await isComplete();
  const bytes = FILES.reduce((sum, file) => sum + file.bytes, 0);
  port?.postMessage({ version: VERSION, complete, files: FILES.length, bytes });
  // Something was cleared away: bring it back if the network is there, and say so at the next question.
  if (!complete) await fill().catch(() => {});
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

async function mark(turn) {
  await (await caches.open(CACHE)).put(MARKER, Response.json({ version: VERSION, turn }));
}

async function isComplete() {
  if ((await turnOf(CACHE)) === undefined) return false;
  const kept = new Set((await (await caches.open(CACHE)).keys()).map((request) => request.url));
  return [...LISTED.keys()].every((url) => kept.has(url));
}
