// What stands in the database, record by record.

/** The records of these stores as `{ store: [[key, value], ...] }`; by default all but the content and the index. */
export function stored(page, stores = ["home", "revisions", "bodies", "links", "lines"]) {
  return page.evaluate(async (stores) => {
    const database = await new Promise((done, failed) => {
      const request = indexedDB.open("bothways");
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const all = {};
    for (const name of stores) {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all(
        [store.getAllKeys(), store.getAll()].map((r) => new Promise((done) => (r.onsuccess = () => done(r.result)))),
      );
      all[name] = keys.map((key, n) => [key, values[n]]);
    }
    database.close();
    return all;
  }, stores);
}
