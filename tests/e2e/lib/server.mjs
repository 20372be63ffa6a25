// The built app on a host that can be made to fail: a status, other bytes, a page in place of a file, a cut
// connection, a slow one, gone altogether; and a host that deploys new versions.
import { createHash } from "node:crypto";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { start } from "../../../tools/serve.mjs";
import { scratch } from "./scratch.mjs";

/** The build under test. */
export const DIST = resolve(process.env.DIST ?? fileURLToPath(new URL("../../../dist", import.meta.url)));

/**
 * A server, and `faults`: a map from a path in the app ("" is the page) to what happens there.
 * `{ status: 404 }`, `{ body: "...", type: "text/html" }`, `{ cut: true }` (half the answer, then silence),
 * `{ slow: 500 }` (milliseconds before the right answer).
 */
export async function serveApp({ dist = DIST, base = "/", port = 0 } = {}) {
  const faults = new Map();
  const server = await start({ dist, base, port, intercept });
  return Object.assign(server, { faults, asked: (path) => server.requests.filter((r) => r.path === path).length });

  async function intercept(path, request, response) {
    const fault = faults.get(path);
    if (!fault) return false;
    if (fault.slow) {
      await sleep(fault.slow);
      return false;
    }
    if (fault.cut) {
      response.writeHead(200, { "content-length": 100_000 });
      response.write("half of it", () => request.socket.destroy());
      return true;
    }
    const body = fault.body ?? "Not found\n";
    response.writeHead(fault.status ?? 200, { "content-type": fault.type ?? "text/plain" }).end(body);
    return true;
  }
}

/** A server for one test, stopped after it. `options` are those of `serveApp`. */
export async function newServer(test, options = {}) {
  const server = await serveApp(options);
  test.after(() => server.stop());
  return server;
}

/** The build as a later version: a copy of it in which the page carries `mark`, with the list of files to match. */
export async function nextVersion(mark) {
  const dist = join(scratch("version"), "dist");
  await cp(DIST, dist, { recursive: true });
  const page = (await readFile(join(dist, "index.html"), "utf8")).replace("<body", `<body data-version="${mark}"`);
  await writeFile(join(dist, "index.html"), page);
  const integrity = "sha384-" + createHash("sha384").update(page).digest("base64");
  const bytes = Buffer.byteLength(page);
  const worker = await readFile(join(dist, "sw.js"), "utf8");
  const listed = /\{"url":"\.\/","integrity":"[^"]+","bytes":\d+/;
  const version = /const VERSION = "[^"]+"/;
  if (!listed.test(worker) || !version.test(worker)) throw new Error("sw.js is not as this helper knows it");
  await writeFile(
    join(dist, "sw.js"),
    worker
      .replace(listed, `{"url":"./","integrity":"${integrity}","bytes":${bytes}`)
      .replace(version, `const VERSION = "${mark}"`),
  );
  return dist;
}
