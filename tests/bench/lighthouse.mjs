// Lighthouse for a phone on a slow connection, five times; the medians are printed and written to target/lighthouse.json.
// `make lighthouse` runs it. A word of warning: on a machine that does something else besides, its performance figure is
// about that machine.
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import lighthouse from "lighthouse";
import { scratch } from "../e2e/lib/scratch.mjs";
import { serveApp } from "../e2e/lib/server.mjs";

const { chromium } = createRequire(new URL("../e2e/", import.meta.url))("playwright-core");
const ROUNDS = 5;
const SUBJECTS = ["performance", "accessibility", "best-practices", "seo"];
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const freePort = () =>
  new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

const server = await serveApp();
const rounds = [];
const missed = new Set();
for (let n = 0; n < ROUNDS; n += 1) {
  // A browser that has never been here, each time.
  const port = await freePort();
  const browser = await chromium.launchPersistentContext(scratch("lighthouse"), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
    args: [`--remote-debugging-port=${port}`, "--disable-background-networking", "--no-first-run"],
  });
  const { lhr } = await lighthouse(server.url, { port, onlyCategories: SUBJECTS, logLevel: "error" });
  await browser.close();
  rounds.push(Object.fromEntries(SUBJECTS.map((subject) => [subject, Math.round(lhr.categories[subject].score * 100)])));
  for (const subject of SUBJECTS) {
    for (const { id, weight } of lhr.categories[subject].auditRefs) {
      const { score, displayValue } = lhr.audits[id];
      if (weight > 0 && score !== null && score < 1) missed.add(`${subject}: ${id} ${displayValue ?? ""}`);
    }
  }
}
await server.stop();
const medians = Object.fromEntries(SUBJECTS.map((subject) => [subject, median(rounds.map((round) => round[subject]))]));
console.log(rounds.map((round) => Object.values(round).join(" ")).join("\n"));
console.log([...missed].toSorted().join("\n"));
console.log(medians);
mkdirSync("target", { recursive: true });
writeFileSync("target/lighthouse.json", `${JSON.stringify({ medians, rounds }, null, 2)}\n`);
