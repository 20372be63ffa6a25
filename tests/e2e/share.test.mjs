// A swap file that another app shares with the installed app, or that is opened with it.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { newPhone, readyForOutings } from "./lib/browser.mjs";
import { give, goTo, introduce, open, pair, timeline, write } from "./lib/phone.mjs";
import { scratch } from "./lib/scratch.mjs";
import { newServer } from "./lib/server.mjs";

/** A phone with an entry of its own on which the app is installed, and a file from the other phone. */
async function installed(t) {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  await open(hers, server);
  await open(his, server);
  await pair(hers, his, { who: [introduce("mother", "Ana", "Tom"), introduce("son", "Tom", "Mum")] });
  await write(hers, "From her phone");
  const file = await give(hers);
  await write(his, "From his");
  await readyForOutings(his.page);
  const devtools = await his.context.newCDPSession(his.page);
  const { appId } = await devtools.send("Page.getAppId");
  await devtools.send("PWA.install", { manifestId: appId });
  return { server, his, file, devtools, appId };
}

/** Sends a form as the phone's share sheet does: a navigation with the file in it. */
async function share({ page }, server, name, text) {
  // As the manifest says: the browser tells a test nothing of this part of it.
  const { share_target: target } = await (await fetch(`${server.url}manifest.webmanifest`)).json();
  const action = new URL(target.action, server.url).href;
  const field = target.params.files[0].name;
  return page.evaluate(
    ({ action, method, enctype, field, name, text }) => {
      const form = document.createElement("form");
      [form.action, form.method, form.enctype] = [action, method, enctype];
      const input = document.createElement("input");
      [input.type, input.name] = ["file", field];
      const files = new DataTransfer();
      files.items.add(new File([text], name, { type: "text/plain" }));
      input.files = files.files;
      form.append(input);
      document.body.append(form);
      form.submit();
    },
    { action, method: target.method, enctype: target.enctype, field, name, text },
  );
}

const posts = (server) => server.requests.filter(({ method }) => method === "POST");

test("a shared file is kept before anything else, shown, and never sent to the host", async (t) => {
  const { server, his, file, devtools } = await installed(t);
  await his.context.setOffline(true);
  // The service worker is started anew for it.
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.stopAllWorkers");
  await share(his, server, file.name, file.sealed);
  await his.page.locator("#outcome").waitFor();
  assert.match(await his.page.locator(".incoming").innerText(), /From Ana[^]*1 new entry/);
  // Not decided yet: it is still there after the phone has put the app away.
  await his.page.reload();
  await his.page.locator("#outcome").waitFor();
  await his.page.getByRole("button", { name: "Take it in" }).click();
  await his.page.getByText("Done. This phone now holds what the file brought.").waitFor();
  assert.deepEqual((await timeline(his)).sort(), ["From her phone", "From his"]);
  await goTo(his, "Swap");
  await his.page.waitForTimeout(300);
  assert.equal(await his.page.locator("#outcome").count(), 0, "what was decided does not come again");
  assert.deepEqual(posts(server), []);
});

test("what is shared and is no swap file is refused once, and changes nothing", async (t) => {
  const { server, his } = await installed(t);
  await share(his, server, "list.txt", "bread, milk");
  await his.page.getByText("This is not a file from Bothways. Nothing was changed.").waitFor();
  await his.page.reload();
  await his.page.waitForTimeout(500);
  assert.equal(await his.page.locator("#outcome").count(), 0);
  assert.deepEqual(await timeline(his), ["From his"]);
  assert.deepEqual(posts(server), []);
});

test("a file opened with the installed app is shown", async (t) => {
  const { server, his, file, devtools, appId } = await installed(t);
  const path = join(scratch("files"), file.name);
  await writeFile(path, file.sealed);
  const { fileHandlers } = await devtools.send("PWA.getOsAppState", { manifestId: appId });
  assert.deepEqual(fileHandlers.map(({ accepts }) => accepts.map(({ mediaType }) => mediaType)), [["text/plain"]]);
  await devtools.send("PWA.launchFilesInApp", { manifestId: appId, files: [path] });
  const page = await untilFound(async () => {
    for (const page of his.context.pages()) if (await page.locator("#outcome").count()) return page;
  });
  assert.match(await page.locator(".incoming").innerText(), /From Ana[^]*1 new entry/);
  assert.deepEqual(posts(server), []);
});

async function untilFound(ask) {
  for (const end = Date.now() + 20_000; ; await new Promise((done) => setTimeout(done, 100))) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
    assert.ok(Date.now() < end, "the file was not shown");
  }
}
