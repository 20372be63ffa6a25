// Keeps the app on the phone, and up to date: registers the service worker, looks for new versions, and changes over
// when the person has said yes.
//
// The program reads `data-update` of the page and hears the event `update`: "ready" (a new version is here and waits) or
// "replaced" (another window has changed over; this one still runs what it began with). It asks with `take-update`.

const QUARTER_HOUR = 15 * 60 * 1000;
const PATIENCE = 4000; // some browsers never say that they have changed over

export async function keepOffline(home) {
  if (!("serviceWorker" in navigator)) return;
  // After `load`, so that the first visit's copying does not slow down the first page.
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  const registration = await navigator.serviceWorker.register(new URL("sw.js", home), {
    scope: home,
    updateViaCache: "none",
  });
  changeOver(registration);
  askForUpdates(registration);
}

// A page on a phone lives for weeks and is never reloaded, and an icon app on iOS does not look for a new
// worker when it comes back. So we look: at the start and on every return, at most once in a quarter of an hour.
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

function changeOver(registration) {
  const container = navigator.serviceWorker;
  let taking = false;
  const tell = (what) => {
    document.documentElement.dataset.update = what;
    dispatchEvent(new Event("update"));
  };
  const look = () => registration.waiting && registration.active && tell("ready");
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  look(); // the event may be long past
  container.addEventListener("message", ({ data }) => {
    if (data?.type === "replaced" && !taking) tell("replaced");
  });
  container.startMessages();

  addEventListener("take-update", async () => {
    if (taking) return;
    taking = true;
    const { waiting } = registration;
    if (waiting) {
      const done = Promise.race([
        new Promise((done) => container.addEventListener("controllerchange", done)),
        new Promise((done) => waiting.addEventListener("statechange", () => waiting.state === "activated" && done())),
        new Promise((done) => setTimeout(done, PATIENCE)),
      ]);
      waiting.postMessage({ type: "skip-waiting" });
      await done;
    }
    location.reload();
  });
}
