// A browser that could install the app says so itself. The check needs an ordinary profile: in a private window,
// which is what Playwright's own contexts are, Chromium refuses every app.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { appRuns, newPhone } from "./lib/browser.mjs";
import { DIST, newServer } from "./lib/server.mjs";

async function installabilityErrors(page) {
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  return installabilityErrors.map((error) => error.errorId);
}

for (const base of ["/", "/x/y/"]) {
  test(`the app can be installed, under ${base}`, async (t) => {
    const server = await newServer(t, { base });
    const phone = await newPhone(t);
    await phone.page.goto(server.url);
    await appRuns(phone.page);
    assert.deepEqual(await installabilityErrors(phone.page), []);

    const devtools = await phone.context.newCDPSession(phone.page);
    const { errors, manifest } = await devtools.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    assert.equal(manifest.scope, server.url);
    // Two copies on one host are two apps. (An `id` of "./" would make them one: it counts from the origin.)
    const { appId } = await devtools.send("Page.getAppId");
    assert.equal(appId, server.url);
    assert.deepEqual(phone.errors, []);
  });
}

// The check above is alive: each of these breaks the manifest and is found out.
const manifest = JSON.parse(await readFile(join(DIST, "manifest.webmanifest"), "utf8"));
const page = await readFile(join(DIST, "index.html"), "utf8");
const BROKEN = {
  "no manifest": ["no-manifest", { body: page.replace(/rel="?manifest"?/, "rel=nothing"), type: "text/html" }, ""],
  "a manifest that is not there": ["manifest-parsing-or-network-error", { status: 404 }],
  "an icon that is not there": ["no-acceptable-icon", changed((m) => m.icons.forEach((icon) => (icon.src = "icons/none.png")))],
  "maskable icons only": ["manifest-missing-suitable-icon", changed((m) => m.icons.forEach((icon) => (icon.purpose = "maskable")))],
  "an address elsewhere": ["start-url-not-valid", changed((m) => (m.start_url = "https://elsewhere.invalid/"))],
};
function changed(change) {
  const copy = structuredClone(manifest);
  change(copy);
  return { body: JSON.stringify(copy), type: "application/manifest+json" };
}
for (const [what, [id, fault, path = "manifest.webmanifest"]] of Object.entries(BROKEN)) {
  test(`the check sees ${what}`, async (t) => {
    const server = await newServer(t);
    server.faults.set(path, fault);
    const phone = await newPhone(t);
    await phone.page.goto(server.url);
    await appRuns(phone.page);
    const errors = await installabilityErrors(phone.page);
    assert.ok(errors.includes(id), `expected ${id}, got ${JSON.stringify(errors)}`);
  });
}

test("the icons are what the manifest says they are", async () => {
  const purposes = new Set();
  const apple = { src: "icons/apple-touch-180.png", sizes: "180x180", type: "image/png", purpose: "apple" };
  for (const { src, sizes, type, purpose } of [...manifest.icons, apple]) {
    const png = await readFile(join(DIST, src));
    assert.equal(type, "image/png");
    assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes, src); // PNG, 11.2.2: width, height
    purposes.add(`${purpose} ${sizes}`);
  }
  const wanted = ["any 192x192", "any 512x512", "maskable 512x512", "monochrome 512x512", "apple 180x180"];
  assert.deepEqual([...purposes].toSorted(), wanted.toSorted());
});
