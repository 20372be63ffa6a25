// The built app on a host that can be made to fail: a status, other bytes, a page in place of a file, a cut
// connection, a slow one, gone altogether; and a host that deploys new versions.
import { createHash } from "node:crypto";
import { cp, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { start } from "../../../tools/serve.mjs";
import { scratch } from "./scratch.mjs";

/** The build under test. */
export const DIST = resolve(process.env.DIST ?? fileURLToPath(new URL("../../../dist", import.meta.url)));

/**
 * Where on its host the app is served, unless a test says where itself: every test has to pass at `/` and anywhere else, as
 * the hosts of project pages have it. BOTHWAYS_BASE=/x/y/ runs them there.
 */
export const BASE = process.env.BOTHWAYS_BASE ?? "/";

/**
 * A server, and `faults`: a map from a path in the app ("" is the page) to what happens there.
 * `{ status: 404 }`, `{ body: "...", type: "text/html" }`, `{ cut: true }` (half the answer, then silence),
 * `{ slow: 500 }` (milliseconds before the right answer).
 */
export async function serveApp({ dist = DIST, base = BASE, port = 0 } = {}) {
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

/**
 * The build as a later version: a copy of it in which the page and its boot script carry `mark`, with the list of files
 * to match. `versionOf` reads the marks of a page that runs. `edits` are changes to other listed files, by path; `renamed`
 * are files that the page names, and their names in the later version.
 */
export async function nextVersion(mark, edits = {}, renamed = {}) {
  const dist = join(scratch("version"), "dist");
  await cp(DIST, dist, { recursive: true });
  const change = async (path, edit) => {
    const text = edit(await readFile(join(dist, path), "utf8"));
    await writeFile(join(dist, path), text);
    return text;
  };
  const anew = (text) => Object.entries(renamed).reduce((text, [from, to]) => text.replaceAll(from, to), text);
  for (const [from, to] of Object.entries(renamed)) await rename(join(dist, from), join(dist, to));
  const page = await change("index.html", (html) => anew(html).replace("<body", `<body data-version="${mark}"`));
  const boot = await change("boot.js", (code) => `document.documentElement.dataset.boot = "${mark}";\n${code}`);
  const others = await Promise.all(Object.entries(edits).map(async ([path, edit]) => [path, await change(path, edit)]));
  await change("sw.js", (worker) => {
    const relisted = [["./", page], ["boot.js", boot], ...others].reduce((worker, [url, text]) => {
      const listed = new RegExp(`\\{"url":"${url.replaceAll(".", "\\.")}","integrity":"[^"]+","bytes":\\d+`);
      if (!listed.test(worker)) throw new Error("sw.js is not as this helper knows it");
      const integrity = "sha384-" + createHash("sha384").update(text).digest("base64");
      return worker.replace(listed, `{"url":"${url}","integrity":"${integrity}","bytes":${Buffer.byteLength(text)}`);
    }, worker);
    return anew(relisted).replace(/const VERSION = "[^"]+"/, `const VERSION = "${mark}"`);
  });
  return dist;
}

/** The marks of `nextVersion` that a page and its boot script carry; undefined for the build itself. Never two. */
export async function versionOf(page) {
  const [inPage, inBoot] = await page.evaluate(() => [document.body.dataset.version, document.documentElement.dataset.boot]);
  if (inPage !== inBoot) throw new Error(`a mixed version: the page is ${inPage}, its script ${inBoot}`);
  return inPage;
}
