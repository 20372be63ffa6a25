// Begins what goes on beside the page: the page's own program, and the worker's part of it (xtask/src/dist/split). Both
// come by message: the program is compiled already, and not every browser lets a worker's own requests go through the
// service worker, and on an outing there is nobody else to ask.
async function begin([glue, program, part]) {
  const { default: start, work } = await import(new URL(glue, import.meta.url));
  const running = await start({ module_or_path: program });
  if (part) await WebAssembly.instantiate(part, { m: running });
  work(); // listens to messages itself from now on
}

self.onmessage = ({ data }) => {
  self.onmessage = null;
  begin(data).catch(() => self.postMessage("broken"));
};
self.postMessage("here");
