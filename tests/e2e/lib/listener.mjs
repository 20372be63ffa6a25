// What a screen reader would say, from the browser's own accessibility tree: where the focus lands, what is said by itself,
// and the page as it is read from top to bottom. No real one is asked, and each has words of its own; but what is missing
// here (a name, an announcement) is missing in all of them.

/** Texts longer than this are cut: what counts is that they are said, not how they go on. */
const LONGEST = 72;

/** Kept in every page: what is said by itself, and the words of each place that says something. */
function hear() {
  const PLACES = "[role=status], [role=alert], [aria-live]";
  const words = new WeakMap();
  const touched = new Set();
  window.heard = [];
  window.changes = 0;
  const text = (place) => (place.checkVisibility() ? place.innerText : "").replace(/\s+/g, " ").trim();
  const say = () => {
    for (const place of touched) {
      const now = place.isConnected ? text(place) : "";
      if (now !== words.get(place) && now !== "") window.heard.push(`${place.matches("[role=alert]") ? "alert" : "status"}: ${now}`);
      words.set(place, now);
    }
    touched.clear();
  };
  let soon;
  const found = (mutations) => {
    for (const { target, addedNodes } of mutations) {
      const within = (target.nodeType === 1 ? target : target.parentElement)?.closest(PLACES);
      if (within && words.has(within)) touched.add(within);
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue;
        for (const place of [node, ...node.querySelectorAll(PLACES)]) {
          if (!place.matches(PLACES) || words.has(place)) continue;
          // An alert is said when it comes. A status is not: it has to be there before its words, and most screen readers
          // are silent where both come at once.
          words.set(place, place.matches("[role=alert]") ? "" : text(place));
          if (place.matches("[role=alert]")) touched.add(place);
        }
      }
    }
    window.changes += 1;
    clearTimeout(soon);
    soon = setTimeout(say, 80);
  };
  new MutationObserver(found).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Listens to a phone from its next start on. */
export async function listenTo({ page, context }) {
  await context.addInitScript(hear);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Accessibility.enable");
  let title = "";

  /** The tree, by id, without what is ignored. */
  async function tree() {
    const { nodes } = await devtools.send("Accessibility.getFullAXTree");
    return new Map(nodes.map((node) => [node.nodeId, node]));
  }

  return {
    /** What is heard of itself since this was asked last: the page's name, where the focus is, what was said. */
    async hears() {
      // Until nothing has changed for a while.
      for (let last, tries = 0; tries < 12; tries++, await page.waitForTimeout(300)) {
        const changes = await page.evaluate(() => window.changes);
        if (changes === last) break;
        last = changes;
      }
      const lines = [];
      const named = await page.title();
      if (named !== title) lines.push(`page: ${named}`);
      title = named;
      const nodes = await tree();
      const at = [...nodes.values()].find((node) => property(node, "focused") && node.role.value !== "RootWebArea");
      lines.push(`focus: ${at ? spoken(at, nodes) : "nowhere"}`);
      lines.push(...(await page.evaluate(() => window.heard.splice(0))).map(shortened));
      return lines;
    },

    /** What is read from the top to the bottom of a part of the page. */
    async reads(selector) {
      const { root } = await devtools.send("DOM.getDocument");
      const { nodeId } = await devtools.send("DOM.querySelector", { nodeId: root.nodeId, selector });
      const { node } = await devtools.send("DOM.describeNode", { nodeId });
      const nodes = await tree();
      const from = [...nodes.values()].find((it) => it.backendDOMNodeId === node.backendNodeId);
      if (!from) throw new Error(`${selector} is not read at all`);
      return lines(from, nodes);
    },
  };
}

const property = (node, name) => node.properties?.find((it) => it.name === name)?.value.value;
const roleOf = (node) => (node.ignored ? "none" : node.role?.value);
const nameOf = (node) => (node.name?.value ?? "").replace(/\s+/g, " ").trim();
const childrenOf = (node, nodes) => (node.childIds ?? []).map((id) => nodes.get(id)).filter(Boolean);
const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")} ...` : text);

/** Roles that are one thing, with all that is in them. */
const ONE = {
  link: "link", button: "button", textbox: "field", searchbox: "search field", Date: "date", combobox: "list to choose from",
  radio: "one of several", checkbox: "to tick", DisclosureTriangle: "to unfold", image: "picture", heading: "heading",
  progressbar: "progress", MenuListPopup: undefined,
};
/** Roles that say their name, and then what is in them. */
const ROOM = { navigation: "navigation", main: "main", banner: "banner", region: "region", group: "group", radiogroup: "group", article: "article", form: "form", status: "status", alert: "alert" };

/** One thing, as it is said. */
function spoken(node, nodes) {
  const role = roleOf(node);
  const parts = [ONE[role] ?? ROOM[role] ?? role];
  if (role === "paragraph") return shortened(nameOf(node) || textOf(node, nodes));
  if (role === "heading") parts[0] += ` ${property(node, "level")}${childrenOf(node, nodes).some((child) => roleOf(child) === "link") ? ", link" : ""}`;
  const value = node.value?.value;
  const own = nameOf(node) || textOf(node, nodes);
  let says = `${parts.join(" ")}, ${own ? shortened(own) : "WITHOUT A NAME"}`;
  if (["textbox", "searchbox", "combobox", "Date"].includes(role)) says += value ? `: "${shortened(String(value))}"` : ", empty";
  const state = (name, words) => property(node, name) !== undefined && words[String(property(node, name))];
  const states = [
    ["checkbox"].includes(role) && state("checked", { true: "ticked", false: "not ticked" }),
    ["radio"].includes(role) && state("checked", { true: "chosen", false: "not chosen" }),
    state("pressed", { true: "pressed", false: "not pressed" }),
    state("expanded", { true: "open", false: "closed" }),
    state("disabled", { true: "cannot be used now" }),
    state("readonly", { true: "to read only" }),
    state("required", { true: "has to be filled in" }),
    state("invalid", { true: "wrong" }),
    node.description?.value && shortened(node.description.value),
  ];
  return [says, ...states.filter(Boolean)].join(", ");
}

/** All text in a node. */
function textOf(node, nodes) {
  if (roleOf(node) === "StaticText") return nameOf(node);
  return childrenOf(node, nodes).map((child) => textOf(child, nodes)).filter(Boolean).join(" ");
}

/** A part of the page as it is read: each line one thing. */
function lines(node, nodes) {
  const found = [];
  let text = [];
  // The name that was said last: a label is said with what it names, and not once more.
  let named = "";
  const flush = () => {
    const said = text.join(" ").replace(/\s+([.,:;])/g, "$1").trim();
    if (said && said !== named) found.push(shortened(said));
    text = [];
  };
  const BLOCKS = new Set(["paragraph", "listitem", "term", "definition", "DescriptionListDetail", "DescriptionListTerm", "LabelText", "Legend", "list", "generic", "sectionfooter", "sectionheader", "LayoutTable"]);
  const walk = (node) => {
    const role = roleOf(node);
    if (role === "StaticText") return void text.push(nameOf(node));
    if (role === "LineBreak" || role === "ListMarker" || role === "InlineTextBox") return;
    if (ONE[role]) {
      flush();
      if (found.at(-1) === nameOf(node)) found.pop();
      found.push(spoken(node, nodes));
      named = nameOf(node);
      return;
    }
    if (ROOM[role]) {
      flush();
      const name = nameOf(node);
      named = name;
      if (name || role === "article" || role === "main") found.push(name ? `${ROOM[role]}, ${shortened(name)}` : ROOM[role]);
    } else if (role === "list") {
      flush();
      const items = itemsOf(node, nodes);
      found.push(`list of ${items}`);
    } else if (BLOCKS.has(role)) {
      flush();
    }
    for (const child of childrenOf(node, nodes)) walk(child);
    if (ROOM[role] || BLOCKS.has(role)) flush();
    if (role === "article") found.push("end of article");
  };
  walk(node);
  flush();
  return found;
}

/** How many things a list is said to have. */
function itemsOf(node, nodes) {
  const count = (node) => childrenOf(node, nodes).reduce((sum, child) => sum + (roleOf(child) === "listitem" ? 1 : roleOf(child) === "list" ? 0 : count(child)), 0);
  return count(node);
}
