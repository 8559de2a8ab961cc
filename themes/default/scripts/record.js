// The learner's record: what somebody did on this site. It stays in this browser; nothing here sends anything anywhere.
//
// Every item stands under a key of its own, so that two open tabs never overwrite one another. IndexedDB keeps the
// items; localStorage does where a browser refuses IndexedDB; the page's memory does where it refuses both, and `kept`
// says so. What cannot be understood is set aside. record-file.js writes the record to a file and reads it back.
(() => {
  "use strict";

  const { keben } = window;
  if (keben.record) return;
  const NAME = `keben:${document.body.dataset.site || "site"}`;
  const SERIES = ["attempts", "walks", "reviews"];
  /** @type {any[]} */
  const STORES = [...SERIES, "cards", "pages", "meta", "aside"];
  /** What each version of the database adds to the one before: append to it. @type {((db: IDBDatabase) => void)[]} */
  const STEPS = [
    (db) => {
      for (const store of STORES) db.createObjectStore(store);
    },
  ];

  /** @type {KebenTest} */
  const text = (value) => typeof value === "string" && value !== "";
  /** @type {KebenTest} */
  const time = (value) => text(value) && !Number.isNaN(Date.parse(value));
  /** What an item must have for the pages to work with it. @type {Record<string, KebenTest>} */
  const SOUND = {
    attempts: ({ page, started, answers }) =>
      text(page) &&
      time(started) &&
      Array.isArray(answers) &&
      answers.every((one) => text(one?.question) && time(one.at)),
    walks: ({ scenario, started, path }) => text(scenario) && time(started) && Array.isArray(path),
    reviews: ({ card, rating, at }) => text(card) && [1, 2, 3, 4].includes(rating) && time(at),
    cards: ({ due }) => time(due),
    pages: ({ first, last }) => time(first) && time(last),
  };
  /** @type {KebenRecord["sound"]} */
  const sound = (kind, item) => !!item && typeof item === "object" && (SOUND[kind]?.(item) ?? true);

  /** Items in IndexedDB. The changes of one call are one transaction. @param {IDBDatabase} db @returns {KebenShelf} */
  const inDatabase = (db) => {
    /** @type {KebenTransact} */
    const run = (stores, mode, act) =>
      new Promise((resolve, reject) => {
        const transaction = db.transaction(stores, mode);
        const results = stores.map((store) => act(transaction.objectStore(store)));
        transaction.oncomplete = () => resolve(results[0]?.());
        transaction.onabort = () => reject(transaction.error);
      });
    return {
      read: (store) =>
        run([store], "readonly", (place) => {
          const [keys, items] = [place.getAllKeys(), place.getAll()];
          return () => keys.result.map((key, at) => [String(key), items.result[at]]);
        }),
      write: (store, changes) =>
        run([store], "readwrite", (place) => {
          for (const [key, change] of changes) {
            const old = place.get(key);
            old.onsuccess = () => {
              const item = change(old.result);
              if (item === undefined) place.delete(key);
              else place.put(item, key);
            };
          }
          return undefined;
        }),
      clear: () => run([...db.objectStoreNames], "readwrite", (place) => void place.clear()),
    };
  };

  /** @type {() => Promise<KebenShelf>} */
  const database = () =>
    new Promise((resolve, reject) => {
      /** @param {number} [version] */
      const open = (version) => {
        const request = indexedDB.open(NAME, version);
        request.onupgradeneeded = ({ oldVersion }) => {
          for (const step of STEPS.slice(oldVersion)) step(request.result);
        };
        request.onerror = () => {
          // A later edition of the site was here; what this one knows of is still there.
          if (version && request.error?.name === "VersionError") open();
          else reject(request.error);
        };
        request.onsuccess = () => {
          const db = request.result;
          db.onversionchange = db.onclose = () => {
            db.close();
            shelf = undefined;
          };
          resolve(inDatabase(db));
        };
      };
      open(STEPS.length);
    });

  /** Items as texts, a property each: of localStorage, or of an object. @param {any} bag @returns {KebenShelf} */
  const asTexts = (bag) => {
    /** @param {string} prefix */
    const below = (prefix) => Object.keys(bag).filter((key) => key.startsWith(prefix));
    /** @param {string} key */
    const read = (key) => {
      try {
        return bag[key] && JSON.parse(bag[key]);
      } catch {
        return bag[key];
      }
    };
    return {
      read: async (store) => {
        const prefix = `${NAME}/${store}/`;
        return below(prefix).map((key) => [key.slice(prefix.length), read(key)]);
      },
      write: async (store, changes) => {
        for (const [key, change] of changes) {
          const place = `${NAME}/${store}/${key}`;
          const item = change(read(place));
          if (item === undefined) delete bag[place];
          else bag[place] = JSON.stringify(item);
        }
      },
      clear: async () => {
        for (const key of below(`${NAME}/`)) delete bag[key];
      },
    };
  };

  const local = () => {
    try {
      localStorage.setItem(NAME, "");
      localStorage.removeItem(NAME);
      return localStorage;
    } catch {
      return null;
    }
  };

  /** @type {Promise<KebenShelf> | undefined} */
  let shelf;
  let kept = true;
  const choose = async () => {
    const storage = local();
    const texts = asTexts(storage || {});
    try {
      const chosen = await database();
      // What an earlier visit had to keep in localStorage moves in.
      for (const store of storage ? STORES : []) {
        const items = await texts.read(store);
        if (!items.length) continue;
        await chosen.write(
          store,
          items.map(([key, item]) => [key, (old) => old ?? item]),
        );
        await texts.write(
          store,
          items.map(([key]) => [key, () => undefined]),
        );
      }
      return chosen;
    } catch {
      kept = !!storage;
      return texts;
    }
  };
  const opened = () => {
    shelf ??= choose();
    return shelf;
  };

  // Whoever wants to know of changes, in this tab and the others.
  /** @type {Set<KebenReader>} */
  const readers = new Set();
  /** @type {KebenReader} */
  const tell = (change) => {
    for (const reader of readers) reader(change);
  };
  const channel = window.BroadcastChannel && new BroadcastChannel(NAME);
  channel?.addEventListener("message", ({ data }) => tell(data));
  addEventListener("storage", ({ key }) => {
    if (key?.startsWith(`${NAME}/`)) tell({ kind: "*" });
  });

  /** @type {KebenReader} */
  const changed = (change) => {
    tell(change);
    channel?.postMessage(change);
  };

  /** @type {KebenRecord["write"]} */
  const write = async (kind, changes) => {
    await (await opened()).write(kind, changes);
    changed({ kind, key: changes.length === 1 ? changes[0][0] : undefined });
  };

  /** @type {KebenRecord["setAside"]} */
  const setAside = async (kind, items) => {
    const at = new Date().toISOString();
    await write(
      "aside",
      items.map(([key, item]) => [`${kind}/${key}`, (old) => old ?? { kind, key, item, at }]),
    );
    await write(
      kind,
      items.map(([key]) => [key, (now) => (sound(kind, now) ? now : undefined)]),
    );
  };

  /** @type {KebenRecord["entries"]} */
  const entries = async (store) => {
    const items = await (await opened()).read(store);
    const damaged = items.filter(([, item]) => !sound(store, item));
    if (damaged.length) await setAside(store, damaged);
    return items.filter(([, item]) => sound(store, item));
  };

  /** @type {KebenRecord["get"]} */
  const get = async (kind, key) => Object.fromEntries(await entries(kind))[key];

  /** crypto.randomUUID is missing where a page comes over plain http. @type {KebenRecord["uuid"]} */
  const uuid = () =>
    "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () =>
      (crypto.getRandomValues(new Uint8Array(1))[0] & 15).toString(16),
    );

  keben.record = /** @type {KebenRecord} */ ({
    get kept() {
      return kept;
    },
    open: () => opened().then(() => /** @type {KebenRecord} */ (keben.record)),
    uuid,
    sound,
    write,
    setAside,
    entries,
    all: async (kind) => {
      const items = await entries(kind);
      return /** @type {any} */ (SERIES.includes(kind) ? items.map(([, item]) => item) : Object.fromEntries(items));
    },
    get,
    add: async (kind, item) => {
      const id = item.id || uuid();
      await write(kind, [[id, () => ({ ...item, id })]]);
      return id;
    },
    put: (kind, key, item) => write(kind, [[key, (old) => (typeof item === "function" ? item(old) : item)]]),
    learner: async () => ({ name: "", number: "", ...(await get("meta", "learner")) }),
    setLearner: (learner) => write("meta", [["learner", (old) => ({ ...old, ...learner })]]),
    erase: async () => {
      await (await opened()).clear();
      changed({ kind: "*" });
    },
    subscribe: (reader) => {
      readers.add(reader);
      return () => void readers.delete(reader);
    },
  });
})();
