// Fetches the search engine and the index when somebody searches, and keeps them.
//
// Each comes as a script that hands over compressed bytes as text, since a page opened from a folder (`file:`) may read
// no other file; over http the engine comes as the plain gzip file. A page sets `keben.searchManifest`, then calls
// `keben.search.open()`.

/** @typedef {{file?: string, twin: string}} Part the gzip file, if there is one, and the script that holds it */
/** @typedef {{base: string, engine: Part, index: Part}} Manifest */
/** @typedef {{text: string, limit?: number, offset?: number, kind?: string|null, module?: string|null}} Query */
/** @typedef {{search(query: Query): any}} Engine answers as keben-search-core's `Results` */
(() => {
  "use strict";

  /** @type {any} */
  const keben = window.keben || {};
  window.keben = keben;

  /** Who waits for the bytes of a script. @type {Record<string, (text: string) => void>} */
  const waiting = {};

  /** The engine, once somebody has asked for it. @type {Promise<Engine>|null} */
  let opening = null;

  keben.search = {
    /** The engine, opened the first time. After an error the next call tries again. */
    open: () => {
      if (!opening) {
        opening = load(keben.searchManifest);
        opening.catch(() => {
          opening = null;
        });
      }
      return opening;
    },

    /** Called by the scripts that hold the engine and the index. @param {string} part @param {string} text */
    receive: (part, text) => {
      if (waiting[part]) waiting[part](text);
    },
  };

  /** An interface string of the site's language. @param {string} key @returns {string} */
  function say(key) {
    return keben.searchManifest.strings?.[key] || key;
  }

  /** @param {Manifest|undefined} manifest @returns {Promise<Engine>} */
  async function load(manifest) {
    if (!manifest) throw new Error("keben.searchManifest");
    if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
      throw new Error(say("search_too_old"));
    }
    const parts = await Promise.all([bytes("engine", manifest), bytes("index", manifest)]);
    const module = await WebAssembly.compile(parts[0]);
    const instance = await WebAssembly.instantiate(module, {});
    return engine(instance.exports, parts[1]);
  }

  /**
   * One part, decompressed.
   * @param {'engine'|'index'} part @param {Manifest} manifest @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async function bytes(part, manifest) {
    const names = manifest[part];
    let packed = null;
    if (names.file && location.protocol !== "file:") packed = await fetched(manifest.base + names.file);
    if (!packed) packed = await injected(part, manifest.base + names.twin);
    // Some hosts declare a .gz file as compressed in transit, and the browser has then unpacked it already.
    if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
    return keben.gunzip(packed);
  }

  /** A file over http, or null when there is none to be had. @param {string} url */
  async function fetched(url) {
    try {
      const response = await fetch(url, { cache: "force-cache", credentials: "same-origin" });
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    } catch (_) {
      return null;
    }
  }

  /** A part that a script hands over. @param {string} part @param {string} url @returns {Promise<Uint8Array<ArrayBuffer>>} */
  function injected(part, url) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting[part] = (text) => {
        resolve(keben.decode(text));
      };
      script.onload = script.onerror = () => {
        delete waiting[part];
        script.remove();
        // Means nothing once the bytes are there.
        reject(new Error(say("search_not_loaded")));
      };
      script.src = url;
      document.head.append(script);
    });
  }

  /**
   * Speaks to the module: arguments and answers go through its memory.
   * @param {any} module @param {Uint8Array} index @returns {Engine}
   */
  function engine(module, index) {
    /** @param {'open'|'search'} name @param {Uint8Array} argument */
    function call(name, argument) {
      const at = module.alloc(argument.length);
      new Uint8Array(module.memory.buffer).set(argument, at);
      const good = module[name](at, argument.length);
      const answer = new Uint8Array(module.memory.buffer, module.answer(), module.answer_length());
      const text = new TextDecoder().decode(answer);
      if (!good) throw new Error(text);
      return text;
    }

    try {
      call("open", index);
    } catch (error) {
      throw new Error(say("search_damaged"), { cause: error });
    }
    return {
      search: (query) => {
        try {
          return JSON.parse(call("search", new TextEncoder().encode(JSON.stringify(query))));
        } catch (error) {
          // A module that has trapped is not to be trusted again.
          if (error instanceof WebAssembly.RuntimeError) opening = null;
          throw error;
        }
      },
    };
  }
})();
