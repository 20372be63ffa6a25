// The page for when the program cannot start: reads the database without it and hands everything over as one file,
// which the app restores (docs/format.md, "The rescue file"). Plain, for browsers that are too old for the program:
// no modules, no async functions. It writes to the database in no case, and deletes nothing but copies of the program.
(function () {
  "use strict";
  const HOME = new URL("./", location.href).href;
  const PATH = new URL(HOME).pathname;
  const CACHES = `bothways-${PATH}@`; // as in sw.js
  const STEP = 200; // records read at once
  const byId = (id) => document.getElementById(id);
  let made; // the file, once it has been made

  // ---- reading ----

  // Opens the database as it is. Where there is none, none is left behind.
  function open() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open("bothways");
      asked.onupgradeneeded = () => asked.transaction.abort();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  function read(database, store, from) {
    return new Promise((done, failed) => {
      const range = from === undefined ? undefined : IDBKeyRange.lowerBound(from, true);
      const records = database.transaction(store).objectStore(store);
      const found = { keys: records.getAllKeys(range, STEP), values: records.getAll(range, STEP) };
      found.keys.transaction.oncomplete = () => done([found.keys.result, found.values.result]);
      found.keys.transaction.onabort = () => failed(found.keys.transaction.error);
    });
  }

  function base64(buffer) {
    const bytes = new Uint8Array(buffer);
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 0x8000));
    return btoa(text);
  }

  // Everything, line by line: store, key, and the text or the bytes. Handed to the browser in pieces, so that a year of
  // photos need not lie in memory at once.
  function everything() {
    const pieces = [];
    let count = 0;
    const add = (lines) => {
      count += lines.length;
      pieces.push(new Blob(lines.map((line) => `${JSON.stringify(line)}\n`)));
    };
    const line = (store, key, value) =>
      value instanceof ArrayBuffer ? [store, key, "", base64(value)] : [store, key, String(value)];
    const head = { bothways: "rescue", format: 1, made: Date.now() };
    pieces.push(new Blob([`${JSON.stringify(head)}\n`]));
    return open().then((database) => {
      const stores = Array.prototype.filter.call(database.objectStoreNames, (store) => store !== "content");
      const next = (at, from) => {
        if (at === stores.length) return undefined;
        return read(database, stores[at], from).then(([keys, values]) => {
          if (keys.length) add(keys.map((key, n) => line(stores[at], key, values[n])));
          byId("said").textContent = `Reading: ${count}`;
          return keys.length < STEP ? next(at + 1) : next(at, keys[keys.length - 1]);
        });
      };
      return Promise.resolve(next(0)).then(() => {
        database.close();
        pieces.push(new Blob([`${JSON.stringify(["end", count])}\n`]));
        return { count, blob: new Blob(pieces, { type: "text/plain" }) };
      });
    });
  }

  function file() {
    if (!made) {
      const day = new Date().toISOString().slice(0, 10);
      made = everything().then(({ count, blob }) => {
        if (!count) throw new Error("empty");
        return new File([blob], `bothways-rescue-${day}.txt`, { type: "text/plain" });
      });
      made.catch(() => (made = undefined));
    }
    return made;
  }

  // ---- giving ----

  const say = (words) => (byId("said").textContent = words);

  function couldNot(error) {
    const nothing = error && (error.name === "AbortError" || error.message === "empty");
    say(nothing ? "There is no log of Bothways in this browser." : "The browser could not read it. Close all windows of the app, open this page again, and try once more.");
  }

  byId("save").onclick = () => {
    file().then((log) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(log);
      link.download = log.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say(`Made: ${log.name}. Look whether it arrived where your browser puts downloads.`);
    }, couldNot);
  };

  // The sheet opens only in the tap itself, so the first tap makes the file and the next one shares it (for Android, and
  // for iPhones, whose icon apps cannot save files otherwise).
  let ready;
  byId("share").onclick = () => {
    if (!ready) {
      file().then((log) => {
        ready = log;
        say("The file is ready. Press once more to share it.");
      }, couldNot);
      return;
    }
    navigator.share({ files: [ready] }).then(() => say("Handed over."), (error) => {
      if (!error || error.name !== "AbortError") say("It could not be shared. Save it as a file instead.");
    });
  };
  const sample = () => new File(["x"], "x.txt", { type: "text/plain" });
  if (navigator.canShare && navigator.canShare({ files: [sample()] })) byId("share").hidden = false;

  // ---- a fresh copy ----

  byId("fresh").onclick = () => {
    byId("fresh").disabled = true;
    byId("freshly").textContent = "One moment";
    // First whether there is anything to fetch: without it the old copy is better than none.
    fetch(`${HOME}sw.js`, { cache: "no-store" })
      .then((answer) => {
        if (!answer.ok) throw new Error("no connection");
        return navigator.serviceWorker.getRegistrations();
      })
      .then((all) => Promise.all(all.filter((one) => one.scope === HOME).map((one) => one.unregister())))
      .then(() => caches.keys())
      .then((names) => Promise.all(names.filter((name) => name.startsWith(CACHES)).map((name) => caches.delete(name))))
      .then(() => location.replace(HOME))
      .catch(() => {
        byId("fresh").disabled = false;
        byId("freshly").textContent = "The app cannot be fetched now. Try again with a connection.";
      });
  };

  // ---- how things stand ----

  function fact(name, value) {
    const row = [document.createElement("dt"), document.createElement("dd")];
    row[0].textContent = name;
    row[1].textContent = value;
    row.forEach((cell) => byId("facts").appendChild(cell));
  }
  const size = (bytes) => `${Math.round(bytes / 1024 / 102.4) / 10} MB`;
  const none = () => undefined;

  function version() {
    const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (!worker) return Promise.resolve("no service worker here");
    return new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = ({ data }) => done(`${data.version}, ${data.complete ? "whole" : "not whole"}, ${data.files} files`);
      worker.postMessage({ type: "status" }, [channel.port2]);
      setTimeout(() => done("the service worker does not answer"), 3000);
    });
  }

  function lastBackup() {
    try {
      const { last } = JSON.parse(localStorage.getItem("bothways.backups"));
      return last ? new Date(last).toISOString().slice(0, 10) : "never";
    } catch (_) {
      return "never";
    }
  }

  function counts() {
    return open().then((database) => {
      const stores = Array.prototype.slice.call(database.objectStoreNames);
      const count = (store) =>
        new Promise((done) => {
          const asked = database.transaction(store).objectStore(store).count();
          asked.onsuccess = () => done(`${store} ${asked.result}`);
          asked.onerror = () => done(`${store} unreadable`);
        });
      return Promise.all(stores.map(count)).then((all) => {
        database.close();
        return `version ${database.version}: ${all.join(", ")}`;
      });
    }, () => "none");
  }

  const storage = navigator.storage || {};
  if (location.search === "?diag") {
    byId("title").textContent = "How Bothways stands on this phone";
    document.title = "Bothways: how things stand";
  }
  Promise.all([
    version(),
    self.caches ? caches.keys().catch(none) : undefined,
    storage.persisted ? storage.persisted().catch(none) : undefined,
    storage.estimate ? storage.estimate().catch(none) : undefined,
    self.indexedDB ? counts() : "not in this browser",
  ]).then(([program, names, persisted, estimate, database]) => {
    fact("Version", program);
    fact("Copies of the app", names ? names.filter((name) => name.startsWith(CACHES)).join(", ") || "none" : "none");
    fact("Kept for good", persisted === undefined ? "the browser does not say" : persisted ? "promised" : "not promised");
    fact("In use", estimate ? size(estimate.usage) : "the browser does not say");
    fact("Database", database);
    fact("Last backup", lastBackup());
    fact("WebAssembly", self.WebAssembly ? "there" : "switched off, or too old a browser");
    fact("On the home screen", navigator.standalone || matchMedia("(display-mode: standalone)").matches ? "yes" : "no");
    fact("Browser", navigator.userAgent);
  });
})();
