// Three engines behind one door: how each is started, where it puts a file that is saved, and how it tells what its
// console complains about. Everything else is the same for all: W3C WebDriver.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lineFrom, lines } from "./processes.mjs";

const isRoot = process.getuid?.() === 0;

/**
 * An engine, for a phone whose memory is the folder `profile` and whose saved files go to `downloads`:
 * - `driver`: the command of its driver, given a free port and a second one
 * - `env`: what that needs in its environment
 * - `capabilities`: what its session asks for
 * - `hear`: calls back with each error on the console; given the session and the driver's process
 */
const ENGINES = {
  chromium: {
    driver: ({ port }) => [process.env.CHROMEDRIVER ?? "chromedriver", `--port=${port}`],
    capabilities: ({ profile, downloads }) => ({
      browserName: "chrome",
      webSocketUrl: true,
      "goog:chromeOptions": {
        binary: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: [
          "--headless=new",
          "--window-size=420,800",
          ...(isRoot ? ["--no-sandbox"] : []), // root has no use for it, and Chromium refuses
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--no-first-run",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
          `--user-data-dir=${profile}`,
        ],
        prefs: { "download.default_directory": downloads, "download.prompt_for_download": false },
      },
    }),
    hear: hearByDriver,
  },

  firefox: {
    driver: ({ port, other }) => ["geckodriver", "--port", `${port}`, "--websocket-port", `${other}`],
    capabilities: ({ profile, downloads }) => ({
      browserName: "firefox",
      webSocketUrl: true,
      "moz:firefoxOptions": {
        binary: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
        args: ["-headless", "-width", "420", "-height", "800", "-profile", profile],
        prefs: {
          "browser.download.folderList": 2,
          "browser.download.dir": downloads,
          "browser.download.alwaysOpenPanel": false,
        },
      },
    }),
    hear: hearByDriver,
  },

  webkit: {
    driver: ({ port }) => ["WebKitWebDriver", "-p", `${port}`, "-H", "127.0.0.1"],
    env: async ({ profile, downloads }) => ({
      DISPLAY: await display(),
      BOTHWAYS_PROFILE: profile,
      BOTHWAYS_DOWNLOADS: downloads,
      XDG_DATA_HOME: join(profile, "home"),
      XDG_CACHE_HOME: join(profile, "home"),
      XDG_CONFIG_HOME: join(profile, "home"),
      WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      ...(isRoot ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" } : {}),
    }),
    capabilities: () => ({
      browserName: "WebKitGTK",
      "webkitgtk:browserOptions": { binary: fileURLToPath(new URL("webkit.py", import.meta.url)), args: [] },
    }),
    hear: hearByOutput,
  },
};

/** Which engine the tests run in. */
export const NAME = process.env.BOTHWAYS_ENGINE ?? "chromium";
export const ENGINE = ENGINES[NAME];
if (!ENGINE) throw new Error(`BOTHWAYS_ENGINE is one of ${Object.keys(ENGINES).join(", ")}`);

/** WebDriver BiDi tells of every line. */
async function hearByDriver(session, _process, heard) {
  const bidi = await session.getBidi();
  await bidi.subscribe("log.entryAdded");
  bidi.socket.on("message", (message) => {
    const { method, params } = JSON.parse(message.toString());
    if (method === "log.entryAdded" && params.level === "error") heard(params.text);
  });
}

/** WebKit's driver knows no BiDi; its browser writes to where the driver writes. */
function hearByOutput(_session, driver, heard) {
  lines(driver.stderr, (line) => {
    // It knows no rule for manifests and says so; the other two need that rule.
    if (/CONSOLE \S* ?ERROR/.test(line) && !line.includes("Unrecognized Content-Security-Policy directive 'manifest-src'")) heard(line);
  });
}

/** A screen for windows that nobody looks at; one is enough. */
let screen;
function display() {
  screen ??= lineFrom("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]).then((number) => `:${number}`);
  return screen;
}

/** Makes a folder and gives its path. */
export function folder(...parts) {
  const path = join(...parts);
  mkdirSync(path, { recursive: true });
  return path;
}
