// How far the learner is: notes in the record that a page was opened and read to its end, and marks links to pages as
// begun, read or passed; on the home page, where to go on. Fetched once a page is there; a page is whole without it.
(() => {
  "use strict";

  const { files, words } = keben.theme;
  /** @param {string} key @param {Record<string, string | number>} [gaps] */
  const say = (key, gaps = {}) =>
    (words[`record_${key}`] || "").replace(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));
  /** What a kind of page needs beside this, once it can be read. @type {Record<string, string[]>} */
  const MORE = {
    glossary: ["cards.js"],
    scripts: ["cards.js"],
    me: ["learner.js", "me.js"],
    review: ["learner.js", "review.js"],
  };
  /** Kinds that are learned rather than looked up. */
  const COURSE = ["lesson", "quiz", "scenario", "case"];
  /** Kinds that are not read to their end but done. */
  const DONE_BY_DOING = ["quiz", "scenario", "path"];
  const { page = "", kind = "" } = document.body.dataset;
  const root = new URL(keben.root || ".", location.href).href;

  /** @template {Element} [One=HTMLElement] @param {string} selector @returns {One[]} */
  const all = (selector) => /** @type {any} */ ([...document.querySelectorAll(selector)]);
  /** The page that a link leads to. @param {HTMLAnchorElement} link */
  const target = ({ href }) => {
    const [path] = href.split(/[?#]/);
    return path.startsWith(root) && path.endsWith(".html") ? decodeURIComponent(path.slice(root.length, -5)) : "";
  };
  /** @param {string} id */
  const address = (id) => `${keben.root + id.split("/").map(encodeURIComponent).join("/")}.html`;
  /** @param {Element | null} [heading] */
  const title = (heading) => (heading?.textContent || "").replace(/#$/, "").trim();
  /** The stations of a learning path: stage, page, title. @returns {[string, string, string][]} */
  const stations = () => {
    let stage = "";
    /** @type {[string, string, string][]} */
    const found = [];
    for (const one of all(
      ".prose > h2, .prose > ol > li > a:first-child, .prose > ol > li > p:first-child > a:first-child",
    )) {
      if (one instanceof HTMLAnchorElement) found.push([stage, target(one), title(one)]);
      else stage = title(one).split(/[：:]/)[0];
    }
    return found.filter(([, id]) => id);
  };

  /** Notes the visit, and when the end has been seen. @param {KebenRecord} record */
  const note = async (record) => {
    if (!page || kind === "home") return;
    const now = new Date().toISOString();
    const next = all(".pager .next").map((link) => [target(/** @type {any} */ (link)), link.lastChild?.textContent])[0];
    const facts = {
      kind,
      title: title(document.querySelector("h1")),
      next,
      stations: kind === "path" ? stations() : undefined,
    };
    await record.put("pages", page, (/** @type {KebenItem} */ old) => ({
      first: now,
      done: false,
      ...old,
      ...facts,
      last: now,
    }));
    const [end] = all(".end");
    if (!end || DONE_BY_DOING.includes(kind)) return;
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void record.put("pages", page, (/** @type {KebenItem} */ old) => ({ ...old, done: true }));
    });
    observer.observe(end);
  };

  /** @param {string} [state] */
  const learned = (state) => state === "read" || state === "passed";

  /** What is known of every page. @param {KebenRecord} record */
  const survey = async (record) => {
    const pages = await record.all("pages");
    /** @type {Map<string, string>} */
    const states = new Map(Object.entries(pages).map(([id, { done }]) => [id, done ? "read" : "begun"]));
    for (const { page: id, passed, ended, mode } of await record.all("attempts")) {
      if (passed) states.set(id, "passed");
      else if (ended && passed === null && mode !== "check" && states.get(id) !== "passed") states.set(id, "read");
    }
    for (const { scenario, ended, kind: ending } of await record.all("walks")) {
      if (ended && states.get(scenario) !== "passed") states.set(scenario, ending === "good" ? "passed" : "read");
    }
    for (const [id, { stations: all = [] }] of Object.entries(pages)) {
      if (all.length && all.every((/** @type {string[]} */ [, one]) => learned(states.get(one))))
        states.set(id, "read");
    }
    return { pages, states };
  };

  /** Below the modules, the learner's own pages; they need scripts anyway. */
  const lead = () => {
    const [side] = all(".side");
    const ways = document.createElement("p");
    ways.className = "own";
    for (const name of ["me", "review"]) {
      const link = document.createElement("a");
      link.href = `${keben.root + name}.html`;
      link.textContent = words[`${name}_title`];
      if (kind === name) link.setAttribute("aria-current", "page");
      ways.append(link);
    }
    side?.append(ways);
  };

  /** @param {Map<string, string>} states */
  const mark = (states) => {
    const links = ".side ol li:not(.rest) a, .entry > a, [data-kind=path] .prose ol a:first-child";
    for (const link of /** @type {HTMLAnchorElement[]} */ (all(links))) {
      const state = states.get(target(link)) || "";
      const old = /** @type {HTMLElement | null} */ (link.querySelector(".did"));
      if ((old?.dataset.did || "") === state) continue;
      old?.remove();
      if (!state) continue;
      const one = document.createElement("span");
      one.className = "did";
      one.dataset.did = state;
      one.title = say(state);
      one.setAttribute("role", "img");
      one.setAttribute("aria-label", say(state));
      link.append(one);
    }
    for (const place of all("[data-of]")) {
      const { of = "", total = "0" } = place.dataset;
      const n = [...states].filter(
        ([id, state]) => id.startsWith(`${of}/`) && id !== `${of}/index` && state !== "begun",
      ).length;
      place.hidden = !n;
      place.textContent = say("count", { n, total });
      place.style.setProperty("--part", `${(100 * n) / Number(total)}%`);
    }
  };

  /** What comes next on a path, unless all is done. @param {KebenItem} path @param {Map<string, string>} states */
  const onPath = (path, states) => {
    /** @type {string[][]} */
    const stations = path?.stations || [];
    const open = stations.map(([, id]) => !learned(states.get(id)));
    // Whoever skipped a station goes on after the last one that was done.
    const last = open.lastIndexOf(false);
    return stations.find((_, at) => at > last && open[at]) || stations.find((_, at) => open[at]);
  };

  /** @param {Record<string, KebenItem>} pages @param {Map<string, string>} states */
  const home = (pages, states) => {
    const [mine] = all(".mine");
    if (!mine) return;
    let told = false;
    for (const door of /** @type {HTMLAnchorElement[]} */ (all(".doors a"))) {
      door.dataset.leads ??= target(door);
      const [stage, id, name] = onPath(pages[door.dataset.leads], states) || [];
      const text = door.querySelector("span");
      if (!id || !text) continue;
      text.textContent = say("continue", { title: stage ? `${stage} · ${name}` : name });
      door.href = address(id);
      told = true;
    }
    const [last] = Object.entries(pages)
      .filter(([, { kind: one }]) => COURSE.includes(one))
      .sort(([, a], [, b]) => Date.parse(b.last) - Date.parse(a.last));
    mine.querySelector(".resume")?.remove();
    if (told || !last) return;
    const [id, name] = learned(states.get(last[0])) ? last[1].next || [] : [last[0], last[1].title];
    if (!id) return;
    const link = document.createElement("a");
    link.className = "resume";
    link.href = address(id);
    link.textContent = say("continue", { title: name });
    mine.prepend(link);
  };

  /** How many cards are due. @param {KebenRecord} record */
  const due = async (record) => {
    const [link] = all("[data-due]");
    if (!link) return;
    const started = (await record.all("attempts")).length + Object.keys(await record.all("cards")).length;
    if (!started) return;
    await keben.fetch("memory.js");
    const n = keben.memory.due(await keben.memory.fold(), keben.memory.day(new Date())).length;
    if (n) link.textContent = say("due", { n });
  };

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = keben.root + files["progress.css"];
  document.head.append(style);

  const start = async () => {
    const record = await keben.openRecord();
    const show = async () => {
      const { pages, states } = await survey(record);
      mark(states);
      home(pages, states);
    };
    await note(record).catch(() => {});
    await show();
    let waiting = 0;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 50);
    };
    record.subscribe(({ kind: store }) => {
      if (store !== "cards" && store !== "reviews") soon();
    });
    // Modules that unfold later have links too.
    for (const side of all(".side")) new MutationObserver(soon).observe(side, { childList: true, subtree: true });
    await due(record);
  };
  keben.progress = { survey };
  lead();
  start().catch(() => {});
  const more = async () => {
    for (const name of MORE[kind] || []) await keben.fetch(name);
  };
  more().catch(() => {});
})();
