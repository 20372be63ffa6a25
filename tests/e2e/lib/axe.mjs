// What can be told of a page for people who see little, hear it read, or have one thumb: axe-core's rules, and what the
// project asks for beyond them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What depends on the colours. The rest is the same in both schemes. */
const OF_COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

/** What axe finds wrong with the page as it stands, a line each; in dark only what can differ there. */
export async function complaints(page, scheme = "light") {
  // Through the debugger's own world: the page's policy allows no injected script, and that is as it should be.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const options = { resultTypes: ["violations"], ...(scheme === "dark" ? OF_COLOURS : {}) };
  const violations = await page.evaluate((options) => window.axe.run(document, options).then((it) => it.violations), options);
  return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/** What does not fit the width of the phone, a line each. */
export function misfits(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    for (const part of document.querySelectorAll("main button, main summary, main p, main h1, main h2, main h3, main li, main label, main .field")) {
      if (!part.checkVisibility() || part.closest(".hidden, svg")) continue;
      const { right, left, width: across } = part.getBoundingClientRect();
      if (across > 1 && (right > width + 1 || left < -1)) found.push(`sticks out: ${part.outerHTML.slice(0, 120)}`);
      else if (part.scrollWidth > part.clientWidth + 1 && !part.matches(".field, select") && getComputedStyle(part).display !== "inline") {
        found.push(`is cut off: ${part.outerHTML.slice(0, 120)}`);
      }
    }
    return found;
  });
}

/** What is smaller than a thumb needs, a line each: 44 pixels, but for links within a text (WCAG 2.5.5 and its exceptions). */
export function smallTargets(page) {
  return page.evaluate(() => {
    const LEAST = 44;
    const found = [];
    for (const part of document.querySelectorAll("button, select, summary, textarea, input, a[href]")) {
      if (!part.checkVisibility() || part.closest(".skip")) continue;
      // A control is as large as the label that is drawn for it, and a card's link as the card.
      const drawn = part.closest(part.matches("input") ? "label" : ".card-link") ?? part;
      if (part.matches("a") && (getComputedStyle(part).display === "inline" && /\S/.test(part.parentElement.innerText.replace(part.innerText, "")))) continue;
      let { width, height } = drawn.getBoundingClientRect();
      // What lies around it, unseen, is tapped too.
      const around = getComputedStyle(drawn, "::after");
      if (around.position === "absolute" && around.content === '""') {
        height -= parseFloat(around.top) + parseFloat(around.bottom);
        width -= parseFloat(around.left) + parseFloat(around.right);
      }
      if (width + 0.5 < LEAST || height + 0.5 < LEAST) found.push(`${Math.round(width)} x ${Math.round(height)}: ${part.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
}
