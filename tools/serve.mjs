// Serves the built app on this machine only, the way a good static host would: right content types, the headers of
// `dist/_headers`, brotli, and a revalidation for every file. The tests import `start`; people run it:
//
//   node tools/serve.mjs [port] [--base /x/y/] [--dist folder]
//
// Prints one line, the address. Without a port the system chooses a free one.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm", // any other type, and the browser will not compile while it loads
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const SQUEEZE = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;

/**
 * Starts a server for the folder `dist` under the path `base`.
 *
 * What comes back: `url` of the app, `port`, `requests` (all since the start: method, path in the app, status),
 * `dist` (may be changed while it runs: a deploy), `stop()`, after which connections are refused, also those that
 * were open, and `start(...)` with the same `port` is the same host come back.
 *
 * `intercept(path, request, response)` may answer first: whoever returns true has dealt with the request.
 */
export async function start({ dist, base = "/", port = 0, intercept } = {}) {
  if (!base.startsWith("/") || !base.endsWith("/")) throw new Error(`a base begins and ends with a slash: ${base}`);
  const packed = new Map(); // brotli by content, so that a second visit does not wait for it
  const running = { dist: resolve(dist ?? fileURLToPath(new URL("../dist", import.meta.url))), requests: [] };

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.startsWith(base) ? decode(pathname.slice(base.length)) : undefined;
    response.on("close", () => running.requests.push({ method: request.method, path, status: response.statusCode }));
    try {
      if (await intercept?.(path, request, response)) return;
      if (pathname + "/" === base) return void response.writeHead(301, { location: base }).end();
      await answer(running.dist, path, request, response, packed);
    } catch (error) {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    }
  });
  await new Promise((done, failed) => server.once("error", failed).listen(port, "127.0.0.1", done));

  running.port = server.address().port;
  running.url = `http://127.0.0.1:${running.port}${base}`;
  running.stop = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return running;
}

async function answer(dist, path, request, response, packed) {
  if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405).end();
  const file = path === "" ? "index.html" : path;
  // Names that begin with a dot or an underscore are the host's business, and `..` is nobody's.
  const body = file && !/(^|\/)[._]/.test(file) ? await readFile(join(dist, file)).catch(() => undefined) : undefined;
  if (!body) return void response.writeHead(404, { "content-type": TYPES[".txt"] }).end("Not found\n");

  const type = TYPES[extname(file)] ?? "application/octet-stream";
  const headers = { "content-type": type, "cache-control": "no-cache", ...(await headersOf(dist)), vary: "accept-encoding" };
  let sent = body;
  let tag = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  if (SQUEEZE.test(type) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
    if (!packed.has(tag)) packed.set(tag, await brotli(body));
    sent = packed.get(tag);
    tag += "-br";
    headers["content-encoding"] = "br";
  }
  headers.etag = `"${tag}"`;
  if (request.headers["if-none-match"] === headers.etag) return void response.writeHead(304, headers).end();
  headers["content-length"] = sent.length;
  response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : sent);
}

const brotliCompress = promisify(zlib.brotliCompress);
const brotli = (body) => brotliCompress(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 7 } });

// Of `_headers` we write one rule only, `/*`, so one rule is all this reads.
async function headersOf(dist) {
  const text = await readFile(join(dist, "_headers"), "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => /^\s+\S+:/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = line.match(/^\s+([^:]+):\s*(.*)$/);
      return [name.toLowerCase(), value];
    }),
  );
}

function decode(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  const option = (name) => {
    const place = given.indexOf(name);
    return place < 0 ? undefined : given.splice(place, 2)[1];
  };
  const base = option("--base");
  const dist = option("--dist");
  const port = Number(given[0] ?? 0);
  try {
    console.log((await start({ base, dist, port })).url);
  } catch (error) {
    const words = error.code === "EADDRINUSE" ? `Port ${port} is taken. Name another one.` : error.message;
    console.error(words);
    process.exit(1);
  }
}
