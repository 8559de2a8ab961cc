// A scenario, walked as a conversation. Everything it says stands in the page already, numbered as in the data that the
// generator left there; this script only shows one thing after the other. walk.js knows the rules.
//
// What is kept in the reader's browser (localStorage), all of it:
//   keben.walk             {"real", "untimed"}   no meters; no time limits: for every scenario
//   keben.walk.<page id>   a KebenWalkKept: the walk as far as it has come, the one before, the endings seen
// A walk that reaches an ending also goes into the learner's record.
(() => {
  "use strict";

  const { keben } = window;
  const source = document.querySelector(".scenario-data");
  const first = document.querySelector(".place");
  const chart = document.querySelector("a[data-map]");
  if (!source || !first || !keben.walk || !keben.scenarioStrings) return;
  const { start, offered, step } = keben.walk;
  /** @type {KebenScenario} */
  const data = JSON.parse(source.textContent || "");
  const { places } = data;
  /** The variables that are shown: a question's answer is told on the spot. */
  const shown = data.variables.map((one, at) => ({ ...one, at })).filter(({ kind }) => kind !== "answered");
  const endings = places.filter(({ ending }) => ending).length;

  /** An interface string with its gaps filled. @param {string} key @param {Record<string, string | number>} [gaps] */
  const say = (key, gaps = {}) =>
    (keben.scenarioStrings?.[`scenario_${key}`] ?? "").replace(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));
  /** An element: its tag and its classes with dots between. @param {string} what @param {(Node | string)[]} children */
  const make = (what, ...children) => {
    const [tag, ...look] = what.split(".");
    const one = document.createElement(tag);
    if (look.length) one.className = look.join(" ");
    one.append(...children);
    return one;
  };
  /** @param {string} look @param {() => void} press @param {(Node | string)[]} label */
  const button = (look, press, ...label) => {
    const one = /** @type {HTMLButtonElement} */ (make(`button.${look}`, ...label));
    return Object.assign(one, { type: "button", onclick: press });
  };
  /** @template {HTMLElement} T @param {T} one @param {string} title */
  const titled = (one, title) => Object.assign(one, { title, ariaLabel: title });
  const hidden = (/** @type {HTMLElement} */ one) => Object.assign(one, { ariaHidden: "true" });
  /** @param {string} shape */
  const icon = (shape) => {
    const holder = document.createElement("template");
    holder.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${shape}"/></svg>`;
    return /** @type {Node} */ (holder.content.firstChild);
  };
  // From Lucide (ISC licence, icons/LICENSE), but for the sliders and the dash.
  const SHAPES = {
    good: "M20 6 9 17l-5-5",
    mixed: "M5 12h14",
    bad: "M18 6 6 18M6 6l12 12",
    undo: "M9 14 4 9l5-5M4 9h10.5a5.5 5.5 0 0 1 0 11H11",
    restart: "M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5",
    settings: "M4 7h9M19 7h1M4 17h1M11 17h9M16 4v6M8 14v6",
  };
  const words = (/** @type {Node | null | undefined} */ one) => one?.textContent?.trim().replace(/\s+/g, " ") || "";
  /** @param {ParentNode | null | undefined} within @param {string} selector @returns {HTMLElement[]} */
  const all = (within, selector) =>
    [...(within?.querySelectorAll(selector) ?? [])].map((one) => /** @type {any} */ (one));

  // What is kept.
  const KEY = `keben.walk.${data.page}`;
  /** @param {string} key */
  const load = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key) || "{}");
    } catch {
      return {};
    }
  };
  /** @param {string} key @param {unknown} value */
  const store = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing still plays.
    }
  };
  /** @type {{ real?: boolean, untimed?: boolean }} */
  const settings = load("keben.walk");
  /** @type {KebenWalkKept} */
  const kept = { path: [], last: [], seen: [], started: null, ended: null, retries: 0, ...load(KEY) };
  const keep = () => store(KEY, { ...kept, path: ids() });

  // The walk: the choices taken, and where each led. The first step is the start.
  /** @type {number[]} */
  let path = [];
  /** @type {KebenStep[]} */
  let steps = [start(data)];
  const now = () => steps[steps.length - 1].state;
  const choiceAt = (/** @type {number} */ at) =>
    /** @type {KebenChoice} */ (places[steps[at].state.at].choices?.[path[at]]);
  /** The id of a choice, which outlives other edits of the scenario. @param {number} at @param {number} choice */
  const idOf = (at, choice) => {
    const { id, choices = [] } = places[at];
    return `${id}${choices[choice].answer === undefined ? "/" : "?"}${choice + 1}`;
  };
  const ids = () => path.map((choice, at) => idOf(steps[at].state.at, choice));
  /** @param {number} choice */
  const go = (choice) => {
    steps.push(step(data, now(), choice));
    path.push(choice);
  };
  /** Walks again what was kept, as far as an edited scenario still allows it. @param {string[]} choices */
  const retrace = (choices) => {
    path = [];
    steps = [start(data)];
    for (const id of choices) {
      const choice = offered(data, now()).find((one) => idOf(now().at, one) === id);
      if (choice === undefined) break;
      go(choice);
    }
  };

  // The text in the page.
  /** @param {number} at */
  const place = (at) => document.querySelector(`.place[data-place="${at}"]`);
  /** @param {number} at @param {number} choice */
  const item = (at, choice) => place(at)?.querySelector(`.choices > [data-choice="${choice}"]`);
  /** A copy without what may stand in a page only once, or is for those who look after it. @param {Node} node */
  const copy = (node) => {
    const one = node.cloneNode(true);
    if (one instanceof Element) {
      for (const marked of [one, ...all(one, "[id]")]) marked.removeAttribute("id");
      for (const extra of all(one, ".anchor, .speaker, .mood")) extra.remove();
    }
    return one;
  };
  /** The heading of a place; what goes on from an answer stands under that of its question. @param {number} at @returns {string} */
  const titleOf = (at) => {
    const heading = place(at)?.querySelector("h3");
    return heading || !at ? words(heading && copy(heading)) : titleOf(at - 1);
  };
  const copies = (/** @type {Iterable<Node> | undefined} */ nodes) => [...(nodes ?? [])].map(copy);
  /** The words of a choice; of what is said in quotation marks only what is said. @param {number} at @param {number} choice */
  const label = (at, choice) => {
    const row = item(at, choice);
    const link = row?.querySelector(":scope > a");
    const nodes = [...((link || row)?.childNodes ?? [])];
    const end = nodes.findIndex((one) => one instanceof Element && one.matches(".rules, .answer, .then, .remark"));
    return copies(link || end < 0 ? nodes : nodes.slice(0, end));
  };
  /** @param {number} at @param {number} choice */
  const labelText = (at, choice) => words(make("p", ...label(at, choice)));
  /** @param {number} at @param {number} choice */
  const remark = (at, choice) => copies(all(item(at, choice), ":scope > .remark > :not(summary)"));

  /** Speakers in the order of their first word, for the colour of their faces. @type {string[]} */
  const speakers = [];
  /** @param {string} who @param {string | undefined} mood @param {Node[]} text */
  const bubble = (who, mood, text) => {
    const mine = who === say("you");
    if (!mine && !speakers.includes(who)) speakers.push(who);
    const name = make("p.who", make("b", who));
    if (mood) name.append(make("span.mood", mood));
    const one = make(mine ? "div.say.mine" : "div.say", make("div.bubble", name, ...text));
    Object.assign(one.dataset, { who, mood: mood || "" });
    if (!mine) one.prepend(hidden(make("span.face", [...who][0])));
    if (!mine) one.dataset.face = String(speakers.indexOf(who) % 4);
    return one;
  };
  /** What a place or a consequence holds, as it is told. @param {Iterable<Element> | undefined} blocks @returns {HTMLElement[]} */
  const told = (blocks) =>
    [...(blocks ?? [])].flatMap((block) => {
      if (block.matches("h3, .choices, .branches, .ending, .limit, p:has(> code:only-child)")) return [];
      if (!block.matches(".line")) return [make("div.stage", copy(block))];
      const { speaker, mood } = /** @type {HTMLElement} */ (block).dataset;
      const text = copies(block.children);
      return [speaker ? bubble(speaker, mood, text) : make("div.stage.notice", ...text)];
    });
  /** @param {number} at @param {boolean} [headed] */
  const scene = (at, headed) => {
    const { part, ending } = places[at];
    const blocks = told(place(at)?.children);
    if (headed && part !== "rest" && !ending) blocks.unshift(make("h3.scene", titleOf(at)));
    return blocks;
  };
  const plain = (/** @type {number} */ value) => String(value).replace("-", "−");
  const signed = (/** @type {number} */ by) => (by > 0 ? `+${by}` : plain(by));
  /** A yes or no: its shape, and the word for those who do not see it. @param {string} name @param {number} value */
  const flag = (name, value) => [
    icon(value ? SHAPES.good : SHAPES.mixed),
    name,
    make("span.unseen", ` ${say(value ? "yes" : "no")}`),
  ];
  /** What a choice changed, and what it trained. @param {number} at The number of the choice. @param {boolean} [trained] */
  const moved = (at, trained) => {
    const row = make("p.moved");
    for (const { name, kind, at: nth } of shown) {
      const [was, is] = [steps[at].state.values[nth], steps[at + 1].state.values[nth]];
      if (was === is) continue;
      row.append(
        kind === "flag"
          ? make("span", ...flag(name, is))
          : make(is > was ? "span.up" : "span.down", `${name} ${signed(is - was)}`),
        " ",
      );
    }
    for (const { competency, by } of (trained && choiceAt(at).gains) || [])
      row.append(make(by > 0 ? "span.up" : "span.down", `${data.competencies[competency]} ${signed(by)}`), " ");
    return row.hasChildNodes() ? [row] : [];
  };
  /** What was chosen, what came of it and what it changed. @param {number} at The number of the choice. */
  const answer = (at) => {
    const [from, choice] = [steps[at].state.at, path[at]];
    const text = make("p", ...label(from, choice));
    const only = text.childNodes.length === 1 && /^“([^“”]*)”$/.exec(words(text));
    if (only) text.textContent = only[1];
    const blocks = [bubble(say("you"), undefined, [text])];
    const { answer: right } = choiceAt(at);
    const then = item(from, choice)?.querySelector(".then");
    if (right !== undefined) {
      const verdict = item(from, choice)?.querySelector(".answer b");
      blocks.push(
        make(right ? "p.verdict.right" : "p.verdict.wrong", icon(SHAPES[right ? "good" : "bad"]), words(verdict)),
      );
    }
    return [...blocks, ...told(then?.children), ...moved(at)];
  };
  /** What a step shows, in portions: before each but the first the reader is asked to go on. @param {number} at */
  const portions = (at) => {
    const { state, passed } = steps[at];
    const list = [at ? answer(at - 1) : []];
    for (const [by] of passed) {
      const blocks = scene(by, true);
      if (blocks.length < 2) continue;
      list[list.length - 1].push(...blocks);
      list.push([]);
    }
    const here = !passed.length && at > 0 && steps[at - 1].state.at === state.at;
    list[list.length - 1].push(...scene(state.at, !here));
    return list;
  };

  // The stage.
  const status = Object.assign(make("p.unseen"), { role: "status" });
  const title = Object.assign(make("h2", say("title")), { id: "page-walk" });
  const where = make("p.walk-place");
  const meters = Object.assign(make("ul.meters"), { ariaLabel: say("meters") });
  const talk = make("div.talk");
  const choose = Object.assign(make("div.choose"), { role: "group", tabIndex: -1, ariaLabel: say("choose") });
  const close = make("div.walk-end");
  /** @param {"undo" | "restart"} name @param {() => void} press */
  const tool = (name, press) => titled(button("tool", press, icon(SHAPES[name])), say(name));
  const undo = tool("undo", () => back(path.length - 1));
  const restart = tool("restart", () => begin(ids()));
  /** @param {"real" | "untimed"} name */
  const toggle = (name) => {
    const box = Object.assign(document.createElement("input"), {
      type: "checkbox",
      role: "switch",
      checked: !!settings[name],
    });
    box.onchange = () => {
      settings[name] = box.checked;
      store("keben.walk", settings);
      section.classList.toggle("real", !!settings.real);
      if (name === "untimed") clock();
    };
    return make("label", box, make("span", make("b", say(name)), make("small", say(`${name}_note`))));
  };
  const switches = make("div.switches", toggle("real"));
  if (places.some(({ limit }) => limit)) switches.append(toggle("untimed"));
  const meanings = make("dl");
  for (const [name, ...cells] of all(document, ".variables tbody tr").map((row) => all(row, "td").map(words)))
    meanings.append(make("div", make("dt", name), make("dd", cells.pop() || "")));
  const panel = make("div.panel", meanings, make("p", say("keys")));
  const gear = document.createElement("details");
  gear.className = "gear";
  gear.append(titled(make("summary.tool", icon(SHAPES.settings)), say("settings")), panel);
  gear.onkeydown = ({ key }) => {
    if (key !== "Escape") return;
    gear.open = false;
    all(gear, "summary")[0].focus();
  };
  const head = make("div.walk-head", where, make("div.tools", undo, restart, gear), meters);
  const section = make("section.walk", title, head, talk, choose, close, status);
  section.tabIndex = -1;
  section.setAttribute("aria-labelledby", title.id);
  section.classList.toggle("real", !!settings.real);
  section.onkeydown = ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey || !/^[1-9]$/.test(key) || !(target instanceof Element) || target.matches("input"))
      return;
    /** @type {HTMLElement | undefined} */ (all(choose, ".choice")[Number(key) - 1])?.click();
  };

  const measure = () => {
    meters.replaceChildren(
      ...shown.map(({ name, kind, least, most, at }) => {
        const value = now().values[at];
        const change = path.length ? value - steps[path.length - 1].state.values[at] : 0;
        const row = make("li");
        if (kind === "flag") {
          row.className = value ? "flag on" : "flag";
          row.append(...flag(name, value));
        } else {
          const bar = make("i.meter");
          bar.style.setProperty("--share", String((value - least) / (most - least || 1)));
          row.append(name, bar, make("b", plain(value)));
          if (change) row.append(hidden(make(change > 0 ? "span.up" : "span.down", signed(change))));
        }
        row.classList.toggle("changed", change !== 0);
        return row;
      }),
    );
    undo.disabled = !path.length;
    restart.disabled = !path.length;
  };
  /** @param {HTMLElement[]} blocks */
  const put = (blocks) => {
    for (const block of blocks) {
      const { who, mood } = block.dataset;
      const last = talk.lastElementChild;
      const same = who && last instanceof HTMLElement && last.dataset.who === who;
      if (same && (!mood || mood === last.dataset.mood)) block.classList.add("more");
      talk.append(block);
    }
  };
  /** Tells a screen reader what came, and what it changed. @param {HTMLElement[]} blocks */
  const announce = (blocks) => {
    const lines = blocks
      .filter((one) => !one.matches(".mine") && !(settings.real && one.matches(".moved")))
      .map((one) =>
        one.matches(".say")
          ? `${all(one, ".who > *").map(words).join(" ")}${say("colon")}${all(one, ".bubble > :not(.who)").map(words).join(" ")}`
          : words(one),
      );
    status.textContent = lines.join(" ");
  };
  /** Brings what is new into view, and the focus to what can be done. @param {HTMLElement | undefined} block @param {HTMLElement} focus */
  const show = (block, focus) => {
    focus.focus({ preventScroll: true });
    (block || focus).scrollIntoView({ block: "start" });
  };

  // Time limits: they may be paused, and switched off for good.
  /** @type {number | undefined} */
  let ticking;
  const clock = () => {
    clearInterval(ticking);
    all(choose, ".clock")[0]?.remove();
    const { limit, choices = [] } = places[now().at];
    const fallback = offered(data, now()).find((one) => choices[one].timeout);
    if (!limit || fallback === undefined || settings.untimed || !all(choose, "[data-choice]").length) return;
    let left = limit * 1000;
    let paused = false;
    let seen = performance.now();
    const count = make("b", String(limit));
    const [said, rest] = say("time", { n: "\n" }).split("\n");
    const stop = button(
      "button",
      () => {
        tick();
        paused = !paused;
        stop.textContent = say(paused ? "time_go_on" : "time_pause");
      },
      say("time_pause"),
    );
    const row = make("div.clock", Object.assign(make("p", said, count, rest), { role: "timer" }), make("i"), stop);
    const tick = () => {
      const spent = performance.now() - seen;
      seen += spent;
      if (paused || document.hidden || gear.open) return;
      const was = Math.ceil(left / 1000);
      left = Math.max(0, left - spent);
      const seconds = Math.ceil(left / 1000);
      count.textContent = String(seconds);
      row.style.setProperty("--share", String(left / limit / 1000));
      row.classList.toggle("late", seconds <= 5);
      if (was !== seconds && (seconds === 10 || seconds === 5)) status.textContent = say("time", { n: seconds });
      if (!left) take(fallback, say("time_up"));
    };
    choose.prepend(row);
    status.textContent += ` ${say("time_note", { n: limit, choice: labelText(now().at, fallback) })}`;
    ticking = setInterval(tick, 200);
  };

  /** Offers what can be chosen now. */
  const offer = () => {
    const { at } = now();
    const list = offered(data, now());
    const before = ids();
    const again = before.every((id, nth) => id === kept.last[nth]) && kept.last[before.length];
    const rows = list.map((choice, nth) => {
      const row = button(
        "choice",
        () => take(choice),
        hidden(make("span.nth", String(nth + 1))),
        make("span", ...label(at, choice)),
      );
      row.dataset.choice = String(choice);
      if (idOf(at, choice) === again) row.append(make("small", say("last")));
      return row;
    });
    choose.replaceChildren(...(rows.length ? rows : [make("p", say("stuck"))]));
    clock();
  };
  /** Shows the portions that are left, asking before each. @param {HTMLElement[][]} left @param {string} [news] */
  const tell = ([blocks, ...left], news) => {
    put(blocks);
    where.textContent = left.length ? where.textContent : titleOf(now().at);
    close.replaceChildren();
    announce(news ? [make("p", news), ...blocks] : blocks);
    /** @type {HTMLElement} */
    let focus = choose;
    if (left.length) choose.replaceChildren(button("choice.on", () => tell(left), say("continue")));
    else if (places[now().at].ending) focus = finish();
    else offer();
    show(blocks[0], focus);
  };
  /** @param {number} choice @param {string} [news] */
  const take = (choice, news) => {
    clearInterval(ticking);
    go(choice);
    keep();
    measure();
    tell(portions(path.length), news);
  };
  /** Shows the walk as far as it has come, all at once. */
  const draw = () => {
    clearInterval(ticking);
    document.body.dataset.walk = "on";
    panel.prepend(switches);
    talk.replaceChildren();
    close.replaceChildren();
    const blocks = [...steps.keys()].flatMap((at) => portions(at).flat());
    put(blocks);
    where.textContent = titleOf(now().at);
    measure();
    if (places[now().at].ending) return show(undefined, finish());
    if (path.length) status.textContent = titleOf(now().at);
    else announce(blocks);
    offer();
    show(path.length ? all(talk, ".scene, .mine").pop() : section, choose);
  };
  /** Starts anew. @param {string[]} [last] Choices to be marked as those of the last time. */
  const begin = (last = []) => {
    Object.assign(kept, { last, started: new Date().toISOString(), ended: null, retries: 0 });
    retrace([]);
    keep();
    draw();
  };
  /** Goes back to before a choice, whose walk is remembered. @param {number} at */
  const back = (at) => {
    const walked = ids();
    if (walked.some((id, nth) => id !== kept.last[nth])) kept.last = walked;
    if (kept.ended) kept.started = new Date().toISOString();
    kept.ended = null;
    kept.retries += 1;
    retrace(walked.slice(0, at));
    keep();
    draw();
  };

  // After an ending.
  /** Sums what the choices trained, by competency. */
  const gains = () => {
    /** @type {Record<string, number>} */
    const sums = {};
    path.forEach((_, at) => {
      for (const { competency, by } of choiceAt(at).gains || []) {
        const name = data.competencies[competency];
        sums[name] = (sums[name] || 0) + by;
      }
    });
    return sums;
  };
  const record = async () => {
    const { id, ending } = places[now().at];
    const { started, ended, retries } = kept;
    const result = {
      scenario: data.page,
      started,
      ended,
      path: ids(),
      ending: id,
      ...ending,
      competencies: gains(),
      retries,
    };
    await (await keben.openRecord()).add("walks", result);
  };
  /** @param {string} name @param {(Node | string)[]} children */
  const part = (name, ...children) => make(`section.${name}`, make("h3", say(name)), ...children);
  const wayBack = () => {
    const list = make("ol");
    path.forEach((choice, at) => {
      const { at: from } = steps[at].state;
      const row = make(
        "li",
        make("p.fork", titleOf(from)),
        make("p.taken", make("b", say("you"), say("colon")), ...label(from, choice)),
        ...moved(at, true),
      );
      const note = remark(from, choice);
      if (note.length) row.append(make("div.note", make("b", say("remark")), ...note));
      const others = offered(data, steps[at].state).filter((one) => one !== choice);
      if (others.length) {
        const more = make(
          "ul",
          ...others.map((one) => make("li", make("p", ...label(from, one)), ...remark(from, one))),
        );
        const again = button("button", () => back(at), say("what_if"));
        again.ariaLabel = `${say("what_if")}${say("colon")}${titleOf(from)}`;
        row.append(
          make("div.other", make("details", make("summary", say("others", { n: others.length })), more), again),
        );
      }
      list.append(row);
    });
    return part("path", list);
  };
  const balance = () => {
    const list = make("dl");
    /** @param {string} name @param {number} by @param {(Node | string)[]} value */
    const line = (name, by, ...value) =>
      list.append(make(by > 0 ? "div.up" : by < 0 ? "div.down" : "div", make("dt", name), make("dd", ...value)));
    const sums = gains();
    for (const name of data.competencies) line(name, sums[name] || 0, sums[name] ? signed(sums[name]) : "0");
    for (const { name, kind, start: was, at } of shown) {
      const is = now().values[at];
      if (kind === "flag") line(name, 0, icon(is ? SHAPES.good : SHAPES.mixed), say(is ? "yes" : "no"));
      else line(name, is - was, was === is ? plain(is) : `${plain(was)} → ${plain(is)}`);
    }
    return part("balance", list);
  };
  /** What the ending and the page lead to; scenarios come first, once it is known which those are. @param {HTMLElement} card */
  const reading = (card) => {
    const links = [...all(card, "a[href]"), ...all(document, ".requires a")];
    const page = (/** @type {string} */ href) => href.split("#")[0];
    /** By page, of which this one is none. @type {Map<string, HTMLElement>} */
    const found = new Map();
    for (const { href, textContent } of /** @type {HTMLAnchorElement[]} */ (links))
      if (page(href) !== page(location.href) && !found.has(page(href)))
        found.set(page(href), Object.assign(make("a", textContent || ""), { href }));
    const list = make("ul", ...[...found.values()].map((link) => make("li", link)));
    const next = make("div.onward");
    const read = part("read", list);
    const root = new URL(keben.root || ".", location.href).href.length;
    const sort = () => {
      const pages = Object.values(keben.course?.pages || {});
      for (const [href, link] of found) {
        const known = pages.find(({ url }) => url === decodeURI(href.slice(root)));
        if (known) link.textContent = known.title;
        if (known?.kind !== "scenario") continue;
        link.parentElement?.remove();
        link.prepend(make("small", say("next")));
        next.append(link);
      }
      read.hidden = !list.hasChildNodes();
    };
    sort();
    keben.load(`${keben.root}assets/course.js`).then(sort, () => {});
    return [next, read];
  };
  /** The map, with the way that was walked. */
  const map = () => {
    if (!(chart instanceof HTMLAnchorElement)) return [];
    const drawing = make("div.map");
    Object.assign(drawing, { tabIndex: 0, role: "group", ariaLabel: words(chart) });
    // What goes on from an answer is in the box of its question.
    const box = (/** @type {number} */ at) => (places[at].part === "rest" ? at - 1 : at);
    const been = steps.flatMap(({ state, passed }) => [...passed.map(([by]) => by), state.at]).map(box);
    const draw = () => {
      drawing.innerHTML = keben.maps?.[data.page] || "";
      been.forEach((at, nth) => {
        all(drawing, `.node[data-place="${at}"]`)[0]?.classList.add("walked");
        all(drawing, `.edge[data-from="${been[nth - 1]}"][data-to="${at}"]`)[0]?.classList.add("walked");
      });
    };
    // Where it does not come, the heading leads to the page that has it.
    keben.load(new URL(chart.dataset.map || "", location.href).href).then(draw, () => drawing.remove());
    return [make("section.chart", make("h3", copy(chart)), drawing)];
  };
  const finish = () => {
    const { at } = now();
    const { id, ending } = places[at];
    const news = !kept.ended;
    if (news) kept.ended = new Date().toISOString();
    if (!kept.seen.includes(id)) kept.seen.push(id);
    keep();
    const text = place(at)?.querySelector(".ending");
    const heading = Object.assign(make("h3", titleOf(at)), { tabIndex: -1 });
    const verdict = make(
      "p.kind-word",
      icon(SHAPES[ending?.kind || "mixed"]),
      ...copies(text?.querySelector(".verdict")?.childNodes),
    );
    const card = make("div.end-card", verdict, heading, ...copies(text?.querySelector(".debrief")?.children));
    card.dataset.kind = ending?.kind;
    card.append(make("p.seen", say("endings", { n: kept.seen.length, total: endings })));
    const last = ids();
    const again = make(
      "div.actions",
      button("button.main", () => begin(), say("again")),
      button("button", () => begin(last), say("replay")),
    );
    choose.replaceChildren();
    close.replaceChildren(card, again, wayBack(), balance(), ...reading(card), ...map());
    status.textContent += ` ${words(verdict)} ${words(heading)}`;
    if (news) record().catch(() => {});
    return heading;
  };

  // A link to a place goes back to it, if the walk came there.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#'], .map .node");
    if (!link) return;
    const target =
      link instanceof HTMLAnchorElement
        ? document.getElementById(decodeURIComponent(link.hash.slice(1)))?.closest(".place")
        : link;
    const to = target instanceof Element && target.getAttribute("data-place");
    if (!to) return;
    event.preventDefault();
    const at = steps.findIndex(({ state }) => state.at === Number(to));
    if (at >= 0 && at < path.length) back(at);
  });

  // The door: how it begins, or goes on.
  const door = make("div.actions");
  retrace(kept.path);
  if (!places[now().at].ending) kept.ended = null;
  if (path.length) {
    const ended = places[now().at].ending;
    section.insertBefore(
      make("p.walk-note", say(ended ? "done_note" : "resume_note", { title: titleOf(now().at) })),
      head,
    );
    door.append(
      button("button.main", ended ? () => begin() : draw, say(ended ? "again" : "resume")),
      button("button", ended ? draw : () => begin(), say(ended ? "look_back" : "restart")),
    );
  } else door.append(button("button.main", () => begin(), say("start")));
  const entry = make(
    "div.walk-door",
    door,
    switches,
    make("p.seen", say("endings", { n: kept.seen.length, total: endings })),
  );
  close.append(entry);
  document.body.dataset.walk = "door";
  first.before(section);
  performance.mark("keben-walk");
})();
