// Begins the worker's program. Its bytes come by message: not every browser lets a worker's own requests go through
// the service worker, and on an outing there is nobody else to ask.
import start from "./worker.js";

self.onmessage = ({ data }) => {
  self.onmessage = null; // the program sets its own
  start({ module_or_path: data }).catch(() => self.postMessage("broken"));
};
self.postMessage("here");
