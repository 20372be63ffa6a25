// What the policy forbids stays out of the build, and does not work in the page.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { appRuns, newPhone, readyForOutings } from "./lib/browser.mjs";
import { DIST, newServer } from "./lib/server.mjs";

const paths = await readdir(DIST, { recursive: true });
const texts = await Promise.all(
  paths
    .filter((path) => /\.(html|js|css|svg|webmanifest)$/.test(path))
    .map(async (path) => [path, await readFile(join(DIST, path), "utf8")]),
);

// The build checks these too (xtask/src/dist/policy.rs), with a reader of markup; here once more, crudely, from
// outside, so that a mistake in the one is seen by the other.
test("the build has no inline script but the one its policy names, no code from text, no foreign address", () => {
  assert.ok(texts.length >= 8, "this is not the build");
  for (const [path, text] of texts) {
    assert.doesNotMatch(text, /unsafe-inline|'unsafe-eval'|\bnew\s+Function\b|\beval\(/, path);
    assert.doesNotMatch(text.replaceAll("http://www.w3.org/", ""), /\b(https?|wss?):\/\//, path);
  }
  const page = texts.find(([path]) => path === "index.html")[1];
  // One script and one sheet in the page, and the policy says which. The others are files.
  let markup = page;
  for (const [element, allowed] of [["script", "script-src 'self'"], ["style", "style-src 'self'"]]) {
    const all = [...page.matchAll(new RegExp(`<${element}\\b([^>]*)>([^]*?)</${element}>`, "gi"))];
    const [inlined, ...others] = all.filter(([, attributes, inside]) => !/\bsrc=/.test(attributes) || inside.trim());
    assert.deepEqual(others, []);
    const hash = createHash("sha256").update(inlined[2]).digest("base64");
    assert.ok(page.includes(`${allowed} 'sha256-${hash}'`), `another ${element} than the policy allows`);
    markup = markup.replace(inlined[2], "");
  }
  assert.ok(!/\sstyle=|\son[a-z]+=|javascript:/i.test(markup), "code or style among the markup");
});

test("the page asks for nothing it does not need, and nothing is blocked in it", async (t) => {
  const server = await newServer(t);
  const phone = await newPhone(t);
  await phone.page.goto(server.url);
  await appRuns(phone.page);
  await readyForOutings(phone.page);
  assert.deepEqual(phone.errors, [], "a blocked thing of our own would complain here");
});

// With the host's headers, and with the page's own policy alone, as on a host that cannot send any.
for (const headers of [true, false]) {
  test(`an injected script or address does nothing, ${headers ? "with" : "without"} headers`, async (t) => {
    const server = await newServer(t);
    const elsewhere = await newServer(t);
    if (!headers) server.faults.set("", { body: await readFile(join(DIST, "index.html"), "utf8"), type: "text/html" });
    // Code from text must be tried by the page itself: what a test evaluates is let through by the browser.
    const probe = "try { window.made = new Function('return 1')() } catch (error) { window.made = error.name }";
    server.faults.set("probe.js", { body: probe, type: "text/javascript" });
    const phone = await newPhone(t);
    const { page } = phone;
    const response = await page.goto(server.url);
    assert.equal("content-security-policy" in response.headers(), headers);
    await appRuns(page);

    const done = await page.evaluate(async (foreign) => {
      const blocked = [];
      addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
      const put = (html) => {
        const box = document.createElement("div");
        box.innerHTML = html;
        document.body.append(box);
        return box;
      };
      const later = () => new Promise((done) => setTimeout(done, 300));

      const script = document.createElement("script");
      script.textContent = "window.ran = 'inline script'";
      document.body.append(script);
      put(`<img src="nothing.png" onerror="window.ran = 'handler'">`);
      put(`<a href="javascript:window.ran = 'address'">x</a>`).firstChild.click();
      put(`<iframe src="${foreign}"></iframe>`);
      put(`<img src="${foreign}icons/icon-192.png">`);
      put(`<base href="${foreign}">`);
      const styled = put(`<p style="position:fixed">x</p>`).firstChild;
      const sheet = document.createElement("style");
      sheet.textContent = "p { opacity: 0.5 }";
      document.head.append(sheet);
      const fetched = await fetch(foreign).then(() => "fetched", () => "blocked");
      await new Promise((done) => {
        const file = document.createElement("script");
        file.src = "probe.js";
        file.onload = done;
        document.body.append(file);
      });
      await later();
      return { ran: window.ran, fetched, made: window.made, styled: getComputedStyle(styled).position, faint: getComputedStyle(styled).opacity, base: document.baseURI, blocked };
    }, elsewhere.url);

    assert.equal(done.ran, undefined);
    assert.equal(done.fetched, "blocked");
    assert.equal(done.made, "EvalError");
    assert.equal(done.styled, "static");
    assert.equal(done.faint, "1");
    assert.equal(done.base, server.url);
    for (const directive of ["script-src-elem", "script-src-attr", "frame-src", "img-src", "connect-src", "base-uri", "style-src-attr", "style-src-elem"]) {
      assert.ok(done.blocked.includes(directive), `${directive} did not stop anything: ${done.blocked}`);
    }
    assert.deepEqual(elsewhere.requests, [], "something reached another origin");
    phone.foreign.length = 0; // the tries, which the browser reports although it blocks them, were ours
  });
}

test("the watch over other origins sees one", async (t) => {
  const server = await newServer(t);
  const elsewhere = await newServer(t);
  const phone = await newPhone(t);
  // A page of ours without a policy: the request leaves, and the phone must notice.
  server.faults.set("open", { body: "<!doctype html><title>x</title>", type: "text/html" });
  await phone.page.goto(server.url + "open");
  await phone.page.evaluate((foreign) => fetch(foreign, { mode: "no-cors" }), elsewhere.url);
  assert.deepEqual(phone.foreign.splice(0), [elsewhere.url]);
});
