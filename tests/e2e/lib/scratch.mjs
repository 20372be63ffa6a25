import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders = [];
// At the very end, when nothing writes there any more: a browser takes its time to go.
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** An empty folder that is gone after the tests of this file. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `bothways-${name}-`));
  folders.push(folder);
  return folder;
}
