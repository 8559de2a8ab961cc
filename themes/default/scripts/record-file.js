// The learner's record as one file: `export` and `import` of keben.record. docs/authors/learners.md describes the file.
(() => {
  "use strict";

  const { keben } = window;
  const { record } = keben;
  /** Each later version adds a step to `upgraded` that makes it of the version before. */
  const VERSION = 1;
  const SERIES = /** @type {const} */ (["attempts", "walks", "reviews"]);
  const KEYED = /** @type {const} */ (["cards", "pages", "aside"]);

  /** @param {string} first @param {string} second */
  const earlier = (first, second) => (Date.parse(first) <= Date.parse(second) ? first : second);
  /** How far something got that is saved again as it grows. @param {KebenItem} item */
  const reach = ({ answers, path, ended }) => (answers || path).length + (ended ? 0.5 : 0);
  /** @param {KebenItem} old @param {KebenItem} item */
  const further = (old, item) => (reach(item) > reach(old) ? item : old);
  /**
   * One item from two under the same key. Merging once more changes nothing.
   * @type {Record<string, (old: KebenItem, item: KebenItem) => KebenItem>}
   */
  const MERGE = {
    attempts: further,
    walks: further,
    cards: (old, item) => ((item.reps || 0) > (old.reps || 0) ? item : old),
    pages: (old, item) => {
      const [before, after] = earlier(old.last, item.last) === old.last ? [old, item] : [item, old];
      return { ...before, ...after, first: earlier(old.first, item.first), done: !!(old.done || item.done) };
    },
  };
  /** @param {KebenStore} kind @param {KebenItem} old @param {KebenItem} item */
  const join = (kind, old, item) => {
    if (old === undefined || !record.sound(kind, old)) return item;
    return MERGE[kind]?.(old, item) ?? old;
  };

  /** @param {string} code */
  const refuse = (code) => Object.assign(new Error(code), { code });
  /** @param {KebenItem} file */
  const upgraded = (file) => {
    if (file?.format !== "keben-record" || !Number.isInteger(file.version) || file.version < 1) throw refuse("format");
    if (file.version > VERSION) throw refuse("newer");
    return file;
  };
  /** @param {string} json */
  const parsed = (json) => {
    try {
      return JSON.parse(json);
    } catch {
      throw refuse("damaged");
    }
  };

  /** The items of one kind in a file, by key. @param {KebenItem} part @returns {[string, KebenItem][]} */
  const items = (part) => {
    if (!part || typeof part !== "object") return [];
    return Array.isArray(part) ? part.map((item) => [item?.id || JSON.stringify(item), item]) : Object.entries(part);
  };

  record.export = async () => {
    await keben.load(`${keben.root}assets/course.js`).catch(() => {});
    const { site = { id: document.body.dataset.site || "", title: document.title }, build = "" } = keben.course || {};
    /** @type {KebenItem} */
    const file = { format: "keben-record", version: VERSION, site, build };
    file.exported = new Date().toISOString();
    file.learner = await record.learner();
    for (const kind of SERIES) {
      const list = await record.all(kind);
      file[kind] = list.sort((a, b) => Date.parse(a.started || a.at) - Date.parse(b.started || b.at));
    }
    for (const kind of KEYED) file[kind] = await record.all(kind);
    return file;
  };

  record.import = async (json, anySite) => {
    const file = upgraded(typeof json === "string" ? parsed(json) : json);
    if (file.site?.id !== document.body.dataset.site && !anySite) throw refuse("site");
    const result = { added: 0, aside: 0 };
    for (const kind of [...SERIES, ...KEYED]) {
      const known = new Map(await record.entries(kind));
      const all = items(file[kind]);
      const good = all.filter(([, item]) => record.sound(kind, item));
      const damaged = all.filter(([, item]) => !record.sound(kind, item));
      if (good.length)
        await record.write(
          kind,
          good.map(([key, item]) => [key, (old) => join(kind, old, item)]),
        );
      if (damaged.length) await record.setAside(kind, damaged);
      if (kind !== "cards" && kind !== "aside") result.added += good.filter(([key]) => !known.has(key)).length;
      result.aside += damaged.length;
    }
    const own = await record.learner();
    const { name = "", number = "" } = file.learner || {};
    await record.setLearner({ name: own.name || String(name), number: own.number || String(number) });
    return result;
  };
})();
