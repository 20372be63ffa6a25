// The end of a service worker. Put in place of `sw.js` on the host, it takes the app's copies off every phone that
// comes by, and then itself; from then on the host is asked, as for any page. What people wrote is in IndexedDB and
// local storage, which this file never opens. See docs/offline.md before using it.
const PREFIX = `bothways-${new URL(self.registration.scope).pathname}@`; // as in public/sw.js; a neighbour's is not ours

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
  // Pages that are open go on with what they have loaded: what is being written must not be lost.
}
