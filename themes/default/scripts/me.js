// My learning: what the record of this browser says, and the way to take it along, bring it here, or erase it.
(() => {
  "use strict";

  const { say, make, button, time, page } = keben.learner;
  const place = /** @type {HTMLElement} */ (document.getElementById("me"));
  /** So many attempts stand in the page; the earlier ones unfold. */
  const RECENT = 12;
  /** @type {KebenRecord} */
  let record;

  /** @param {string} title @param {(Node | string)[]} children */
  const section = (title, ...children) => make("section", {}, make("h2", {}, title), ...children);
  /** @param {number} number */
  const short = (number) => String(Math.round(number * 10) / 10);

  // The titles of questions stand in the banks, which are fetched when somebody asks what went wrong.
  /** @param {string} id @returns {Promise<Node | string>} */
  const question = async (id) => {
    const [at, known] = Object.entries(keben.course?.pages || {}).find(([, one]) => one.questions?.includes(id)) || [];
    if (!at || !known) return say("me_gone", { id });
    const html = (await keben.learner.bank(known.module)).find((one) => one.id === id)?.html || "";
    const link = page(at, id.split("#").pop());
    const heading = new DOMParser().parseFromString(html, "text/html").querySelector("h2, h3")?.textContent?.trim();
    if (link && heading) link.textContent = heading;
    return link || say("me_gone", { id });
  };

  /** The first answer to each question, for later ones follow what was told. @param {KebenAttempt} attempt */
  const wrong = ({ answers }) =>
    answers
      .filter((one, at) => answers.findIndex(({ question: id }) => id === one.question) === at)
      .filter(({ state }) => state === "wrong" || state === "partly")
      .sort((a, b) => (b.certainty || 0) - (a.certainty || 0));

  /** @param {KebenAttempt} attempt */
  const mistakes = (attempt) => {
    const all = wrong(attempt);
    const fold = make("details", {}, make("summary", {}, say("me_wrong", { n: all.length })));
    fold.addEventListener(
      "toggle",
      async () => {
        const list = make("ul");
        for (const { question: id, state, certainty } of all) {
          const item = make("li", {}, await question(id));
          const notes = [state === "partly" && say("me_partly"), certainty === 3 && say("me_sure")].filter(Boolean);
          if (notes.length) item.append(make("small", {}, notes.join(" · ")));
          list.append(item);
        }
        fold.append(list);
      },
      { once: true },
    );
    return fold;
  };

  /** @param {KebenAttempt} attempt */
  const attempted = (attempt) => {
    const { page: id, mode, purpose, started, ended, score, points, passed, answers } = attempt;
    const title = page(id) || (mode === "review" ? say("me_review") : say("me_page_gone", { id }));
    const facts = make("p", { class: "facts" }, make("span", { class: "kind" }, say(`me_${purpose || mode}`)));
    facts.append(make("time", { datetime: started }, time(started)));
    if (score !== null && points)
      facts.append(make("span", {}, say("me_score", { score: short(score * points), points })));
    if (!ended) facts.append(make("span", {}, say("me_unfinished")));
    if (passed !== null)
      facts.append(make("span", { class: passed ? "good" : "bad" }, say(passed ? "me_passed" : "me_failed")));
    const row = make("li", {}, make("b", {}, title), facts);
    if (wrong(attempt).length) row.append(mistakes(attempt));
    else if (ended && answers.length > 1) facts.append(make("span", { class: "good" }, say("me_all_right")));
    return row;
  };

  /** @param {KebenItem[]} walks */
  const walked = (walks) =>
    walks.map(({ scenario, started, ending, kind, score }) => {
      const facts = make("p", { class: "facts" }, make("time", { datetime: started }, time(started)));
      const word =
        { good: "me_good", mixed: "me_mixed", bad: "me_bad" }[/** @type {"good"} */ (kind)] || "me_unfinished";
      facts.append(make("span", { class: kind === "good" ? "good" : "" }, say(word)));
      if (Number.isFinite(score)) facts.append(make("span", {}, say("me_score", { score, points: 100 })));
      const title = page(scenario) || say("me_page_gone", { id: scenario });
      return make("li", {}, make("b", {}, title), ending ? make("span", { class: "ending" }, ending) : "", facts);
    });

  /** @param {Map<string, string>} states @param {KebenAttempt[]} attempts */
  const modules = (states, attempts) => {
    const list = make("ul", { class: "progress" });
    for (const { title, url, pages } of keben.nav?.modules || []) {
      const ids = pages.map(([, address]) => decodeURI(address).replace(/\.html$/, ""));
      const n = ids.filter((id) => /read|passed/.test(states.get(id) || "")).length;
      const scores = attempts.filter((one) => one.mode !== "check" && one.ended && ids.includes(one.page));
      const best = Math.max(...scores.map(({ score }) => Math.round(100 * (score || 0))));
      const facts = make("small", {}, say("record_count", { n, total: pages.length }));
      if (scores.length) facts.append(` · ${say("me_best", { n: best })}`);
      const bar = make("progress", { max: String(pages.length), value: String(n), "aria-label": title });
      list.append(make("li", {}, make("a", { href: keben.root + url }, title), facts, bar));
    }
    return list;
  };

  const shown = make("div", {});
  const show = async () => {
    const cards = await keben.memory.fold();
    const { states } = await keben.progress.survey(record);
    const newest = (/** @type {KebenItem} */ a, /** @type {KebenItem} */ b) =>
      Date.parse(b.started) - Date.parse(a.started);
    const attempts = (await record.all("attempts")).sort(newest);
    const walks = (await record.all("walks")).sort(newest);
    const done = [...states.values()].filter((state) => state !== "begun").length;
    const answers = new Set(
      attempts.flatMap((one) => one.answers.map((/** @type {KebenAnswered} */ { question: id }) => id)),
    ).size;
    const due = keben.memory.due(cards, keben.memory.day(new Date())).length;
    const parts = await keben.learner.warnings(record);
    if (!states.size && !attempts.length && !walks.length) {
      const start = make("a", { class: "button", href: `${keben.root}index.html` }, say("me_start"));
      parts.push(make("div", { class: "nothing" }, make("p", {}, say("me_empty")), start));
    } else {
      /** @param {number} n @param {string} key */
      const figure = (n, key) => make("div", {}, make("dd", {}, String(n)), make("dt", {}, say(key)));
      const review = make("a", { href: `${keben.root}review.html` }, say("me_due"));
      parts.push(
        make(
          "dl",
          { class: "figures" },
          figure(done, "me_pages"),
          figure(answers, "me_answers"),
          make("div", {}, make("dd", {}, String(due)), make("dt", {}, review)),
        ),
      );
      parts.push(section(say("me_modules"), modules(states, attempts)));
    }
    if (attempts.length) {
      const rows = attempts.map(attempted);
      const earlier = rows.splice(RECENT);
      const list = section(say("me_attempts"), make("ul", { class: "done" }, ...rows));
      if (earlier.length) {
        const summary = make("summary", {}, say("me_more", { n: earlier.length }));
        list.append(make("details", {}, summary, make("ul", { class: "done" }, ...earlier)));
      }
      parts.push(list);
    }
    if (walks.length) parts.push(section(say("me_walks"), make("ul", { class: "done" }, ...walked(walks))));
    shown.replaceChildren(...parts);
  };

  // Who it is, and the record as a file.
  const status = make("div", { role: "status", class: "told" });
  /** @param {(Node | string)[]} words */
  const tell = (...words) => status.replaceChildren(make("p", {}, ...words));

  const learner = async () => {
    const known = await record.learner();
    /** @param {"name" | "number"} key @param {string} hint */
    const field = (key, hint) => {
      const input = make("input", { type: "text", autocomplete: hint, value: known[key], maxlength: "60" });
      input.addEventListener("change", async () => {
        await record.setLearner({ [key]: input.value.trim() });
        saved.textContent = say("me_saved");
      });
      return make("label", {}, say(`me_${key}`), input);
    };
    const saved = make("p", { role: "status", class: "told" });
    const fields = make("div", { class: "fields" }, field("name", "name"), field("number", "off"));
    return section(say("me_learner"), make("p", {}, say("me_learner_note")), fields, saved);
  };

  const save = async () => {
    await keben.fetch("record-file.js");
    const file = await record.export();
    const { number, name } = file.learner;
    const label = [file.site.id, number || name, keben.memory.day(new Date())].filter(Boolean).join("-");
    const link = make("a", { download: `keben-${label.replace(/[\\/:*?"<>|\s]+/g, "-")}.json` });
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    tell(say("me_exported", { file: link.download }));
  };

  /** @param {string} text @param {boolean} [anySite] */
  const take = async (text, anySite) => {
    try {
      await keben.fetch("record-file.js");
      const { added, aside } = await record.import(text, anySite);
      tell(say("me_imported", { n: added }), aside ? ` ${say("record_aside", { n: aside })}` : "");
      await show();
    } catch (error) {
      const { code = "damaged" } = /** @type {any} */ (error);
      const title = code === "site" ? JSON.parse(text).site?.title || "?" : "";
      tell(say(`me_import_${code}`, { title }));
      if (code === "site") status.append(button(say("me_import_anyway"), () => take(text, true)));
    }
  };

  const erase = () => {
    const close = button(say("me_cancel"), () => dialog.close(), "quiet");
    const sure = button(
      say("me_erase_yes"),
      async () => {
        await record.erase();
        dialog.close();
        replace();
        tell(say("me_erased"));
      },
      "stop",
    );
    const title = make("h2", { id: "erase-title" }, say("me_erase_title"));
    const dialog = make("dialog", { class: "ask-first", "aria-labelledby": "erase-title" }, title);
    dialog.append(make("p", {}, say("me_erase_note")), make("div", { class: "buttons" }, close, sure));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  const file = () => {
    const input = make("input", { type: "file", accept: ".json,application/json", class: "unseen" });
    input.addEventListener("change", async () => {
      const [chosen] = input.files || [];
      if (chosen) await take(await chosen.text());
      input.value = "";
    });
    const choose = make("label", { class: "button quiet" }, input, say("me_import"));
    const buttons = make("div", { class: "buttons" }, button(say("me_export"), save), choose);
    buttons.append(button(say("me_erase"), erase, "stop"));
    return section(say("me_file"), make("p", {}, say("me_file_note")), buttons, status);
  };

  const replace = async () => {
    await show();
    place.replaceChildren(shown, await learner(), file());
  };

  const start = async () => {
    await keben.load(`${keben.root}assets/nav.js`).catch(() => {});
    ({ record } = await keben.learner.open());
    await replace();
    let waiting = 0;
    record.subscribe(({ kind }) => {
      if (kind === "meta" || kind === "cards") return;
      clearTimeout(waiting);
      waiting = setTimeout(() => void show(), 100);
    });
  };
  start().catch(() =>
    place.replaceChildren(make("p", { class: "alert alert-warning", role: "alert" }, say("record_failed"))),
  );
})();
