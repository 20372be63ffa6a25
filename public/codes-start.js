// Begins the program that draws and reads codes. Its bytes come by message, for the reason worker-start.js tells.
import start from "./codes.js";

self.onmessage = ({ data: [program] }) => {
  self.onmessage = null; // the program sets its own
  start({ module_or_path: program }).catch(() => self.postMessage("broken"));
};
self.postMessage("here");
