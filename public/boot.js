// Starts the program. Trunk would write a loader into the page itself; ours is a file of its own, so that no
// name in it changes what the policy has to allow. What keeps the app on the phone is in keep.js.

const home = new URL("./", import.meta.url);
const rescue = new URL("rescue.html", home);
const crash = document.getElementById("crash");

crash.querySelector("button").addEventListener("click", () => location.reload());

// What is damaged on the phone is brought anew, if there is a connection.
const mend = () => navigator.serviceWorker?.controller?.postMessage({ type: "mend" });

// The program has stopped, or must. Why, nobody is told: a message could quote what somebody wrote.
function stop() {
  if (!crash.hidden) return; // one stop, however often it is reported
  crash.hidden = false;
  document.getElementById("app").inert = true;
  // It came to nothing after all: should the next start fail as well, the page that needs no program opens.
  failed(failed() || 1);
  mend();
}
// A program that panics stops with one instruction, and the browser says so.
addEventListener("error", ({ error }) => error?.name === "RuntimeError" && stop());
addEventListener("unhandledrejection", ({ reason }) => reason?.name === "RuntimeError" && stop());
// The worker has found a wrong bit in the program that runs here: it may do anything, so it does nothing more.
navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.type === "damaged" && stop());
navigator.serviceWorker?.startMessages();

// How many starts in a row came to nothing. Two, and the page that needs no program opens (rescue.html). A start that
// the person breaks off is none; one that the phone breaks off is one, and the next good one forgets it.
const FAILED = `bothways-failed-starts:${home.pathname}`;
function failed(count) {
  try {
    if (count === undefined) return Number(localStorage.getItem(FAILED)) || 0;
    if (count === 0) localStorage.removeItem(FAILED);
    else localStorage.setItem(FAILED, count);
  } catch {
    // storage is blocked: then nothing is counted, and the page that says so offers the way
  }
  return count ?? 0;
}

// The first picture comes before the program: what both ask of the processor and the line, the picture has first. It is
// there when the browser says so, not when it was ordered.
const pictured = () =>
  new Promise((done) => {
    if (document.hidden) done(); // nothing is drawn now
    new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").length > 0 && done()).observe({ type: "paint", buffered: true });
    setTimeout(done, 500);
  });

// The build writes the hashed names into the tag that loads this file. (A module has no `document.currentScript`.)
async function startProgram() {
  const { js, wasm, later, sheet } = document.querySelector("script[data-wasm]").dataset;
  const { dataset } = document.documentElement;
  if (later) dataset.later = "coming";
  // All at once. An answer rather than bytes, so that the browser compiles while the program is still coming in.
  const coming = fetch(new URL(wasm, home));
  coming.catch(() => {}); // said below, unless the glue fails first
  const [glue] = await Promise.all([import(new URL(js, home)), dressRooms(new URL(sheet, home))]);
  const program = await glue.default({ module_or_path: coming });
  if (!program) throw new Error("the glue is another program's");
  if (later) followLater(new URL(later, home), program, dataset);
}

// The sheet for what the rooms have and the shell has not: there before they are drawn. Where it cannot be had they are
// drawn bare, which is no reason to keep anybody from the log.
function dressRooms(sheet) {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = sheet;
    link.onload = done;
    link.onerror = () => done(mend());
    document.head.append(link);
  });
}

// The later part of the program (xtask/src/dist/split) comes after the first picture, without anybody asking: at once,
// and again after a failure, when a room wants it. The program reads `data-later` of the page and hears the event `later`.
function followLater(url, program, dataset) {
  let coming = false;
  const tell = (how) => {
    dataset.later = how;
    dispatchEvent(new Event("later"));
  };
  const bring = async () => {
    if (coming || dataset.later === "ready") return;
    coming = true;
    tell("coming");
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      await WebAssembly.instantiate(await answer.arrayBuffer(), { m: program });
      tell("ready");
    } catch (error) {
      console.warn(error);
      tell("failed");
    }
    coming = false;
  };
  addEventListener("want-later", bring);
  requestAnimationFrame(() => setTimeout(bring));
}

async function start() {
  const before = failed();
  const brokenOff = () => failed(before);
  addEventListener("pagehide", brokenOff, { once: true });
  failed(before + 1);
  try {
    await startProgram();
    failed(0);
  } catch (error) {
    console.error(error);
    mend();
    if (before > 0) location.replace(rescue);
    else crash.hidden = false;
  } finally {
    removeEventListener("pagehide", brokenOff);
  }
}

// A file opened with the installed app (on a desk; phones share it instead, see sw.js) goes into the same inbox.
globalThis.launchQueue?.setConsumer(async ({ files }) => {
  if (!files?.length) return;
  const file = await files[0].getFile();
  const inbox = await caches.open(`bothways-${home.pathname}!inbox`);
  await inbox.put(new URL("shared", home), new Response(file.slice(0, 32 * 1024 * 1024 + 1)));
  location.hash = "#/swap";
  dispatchEvent(new Event("shared")); // the room may be open already
});

// The browser's own offer to install the app, kept until the person asks for it (in the room Us).
addEventListener("beforeinstallprompt", (offer) => {
  offer.preventDefault();
  const { dataset } = document.documentElement;
  dataset.install = "";
  addEventListener("take-install", () => (delete dataset.install, offer.prompt()), { once: true });
});

function wantsErasing() {
  try {
    return localStorage.getItem("bothways.erase") !== null;
  } catch {
    return false; // storage is blocked: nothing is here
  }
}

// The person has asked for it in the room Us: before anything holds the database open.
async function eraseEverything() {
  const names = (await indexedDB.databases?.())?.map(({ name }) => name) ?? ["bothways"];
  const gone = (name) =>
    new Promise((done, failed) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = done;
      asked.onerror = failed;
    });
  await Promise.all(names.filter((name) => name.startsWith("bothways")).map(gone));
  await caches.delete(`bothways-${home.pathname}!inbox`);
  for (const key of Object.keys(localStorage)) if (key.startsWith("bothways")) localStorage.removeItem(key);
}

// Where it fails the wish stays, and the next start tries again.
if (wantsErasing()) await eraseEverything().catch((error) => console.warn(error));
if (location.search === "?diag") {
  location.replace(`${rescue}?diag`);
} else if (failed() > 1 || !globalThis.WebAssembly) {
  failed(0);
  location.replace(rescue);
} else {
  // Also when the program failed: the worker is how a repaired one arrives.
  pictured()
    .then(start)
    .then(() => import(new URL("keep.js", home)))
    .then(({ keepOffline }) => keepOffline(home))
    .catch((error) => console.warn("Bothways could not be kept for offline use:", error));
}
