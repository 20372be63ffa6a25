// Starts the program, and asks the browser to keep it. Trunk would write a loader into the page itself; ours is
// a file of its own, so that the page needs no inline script and the policy can forbid them all.

const home = new URL("./", import.meta.url);
const crash = document.getElementById("crash");

crash.querySelector("button").addEventListener("click", () => location.reload());

// Trunk writes the two hashed names into the tag that loads this file. (A module has no `document.currentScript`.)
async function startProgram() {
  const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
  const glue = await import(new URL(js, home));
  // An address rather than bytes, so that the browser compiles while the program is still coming in.
  await glue.default({ module_or_path: new URL(wasm, home) });
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

// After `load`, so that the first visit's copying does not slow down the first page.
async function keepOffline() {
  if (!("serviceWorker" in navigator)) return;
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  const registration = await navigator.serviceWorker.register(new URL("sw.js", home), {
    scope: home,
    updateViaCache: "none",
  });
  askForUpdates(registration);
}

// A page on a phone lives for weeks and is never reloaded, and an icon app on iOS does not look for a new
// worker when it comes back. So we look: at the start and on every return, at most once in a quarter of an hour.
const QUARTER_HOUR = 15 * 60 * 1000;

function askForUpdates(registration) {
  let asked = 0;
  const ask = () => {
    if (document.hidden || !navigator.onLine || Math.abs(Date.now() - asked) < QUARTER_HOUR) return;
    asked = Date.now();
    registration.update().catch(() => {}); // no signal: next time
  };
  // A registration without an active worker is being installed right now, from the newest files.
  if (registration.active) ask();
  document.addEventListener("visibilitychange", ask);
  addEventListener("pageshow", ask);
  addEventListener("online", ask);
}

startProgram()
  .catch((error) => {
    console.error(error);
    crash.hidden = false;
  })
  // Also when the program failed: the worker is how a repaired one arrives.
  .then(keepOffline)
  .catch((error) => console.warn("Bothways could not be kept for offline use:", error));
