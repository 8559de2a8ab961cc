// A quiz page as a paper that is taken: an introduction, one question at a time with a row of numbers as its map, the
// result, and a review. In practice every answer is told at once; in a test when the paper is handed in.
//
// What is kept in the reader's browser (localStorage), all of it, so that a reload shows the same paper:
//   keben.paper.<page id>   a KebenPaper: seed, questions in their order, answers, flags, deadline, what was graded;
//                           from the start of a paper until the next one starts
// A finished paper, and every answer told in practice, also goes into the learner's record.
(() => {
  "use strict";

  const box = /** @type {HTMLElement | null} */ (document.querySelector(".quiz[data-quiz]"));
  if (!box) return;
  /** @type {KebenQuiz} */
  const quiz = JSON.parse(box.dataset.quiz || "");
  const { grade, certaintyMark, random, shuffle } = keben.grading;
  const { all, announce, bank, button, fragment, keep, make, mark, mount, say } = keben.questions;
  const PLACE = `keben.paper.${quiz.id}`;
  const now = () => new Date().toISOString();
  const line = (/** @type {string} */ key, gaps = {}, look = "") => make("p", { class: look }, say(key, gaps));
  const bar = (/** @type {HTMLElement[]} */ ...buttons) => make("div", { class: "actions" }, ...buttons);

  // Questions as they were written; what is answered is a copy, so that the next paper has them fresh.
  /** @param {HTMLElement} section @returns {[string, { section: HTMLElement, data: KebenQuestionData }]} */
  const entry = (section) => {
    const data = JSON.parse(section.dataset.question || "");
    return [data.id, { section, data }];
  };
  const sources = new Map(all(".question[data-question]", box).map(entry));
  const written = [...sources.keys()];
  const source = (/** @type {string} */ id) => /** @type {ReturnType<typeof entry>[1]} */ (sources.get(id));
  /** @type {Map<string, KebenQuestion>} */
  const mounted = new Map();

  const head = make("div", { class: "quiz-head" });
  const foot = make("div", { class: "quiz-foot" });
  box.insertBefore(head, all(".question", box)[0] || null);
  box.append(foot);

  /** The paper being taken or taken last; there is none before the first. */
  let paper = /** @type {KebenPaper} */ (/** @type {unknown} */ (null));
  try {
    paper = JSON.parse(localStorage.getItem(PLACE) || "null");
  } catch {
    // What cannot be read is no paper.
  }
  if (!paper?.ids?.length) paper = /** @type {any} */ (null);
  const save = () => {
    try {
      localStorage.setItem(PLACE, JSON.stringify(paper));
    } catch {
      // A browser that keeps nothing still lets the paper be taken.
    }
  };

  /** What the record knows of papers that were finished, and how many more may be. @type {KebenAttempt[]} */
  let attempts = [];
  let left = quiz.attempts;

  const isTest = () => paper.kind === "whole" && quiz.mode === "test";
  const answered = (/** @type {string} */ id) => paper.answers[id] !== undefined;
  const state = (/** @type {string} */ id) => paper.graded[id]?.state;
  const wrong = () => paper.ids.filter((id) => /wrong|partly/.test(state(id)));
  const conceited = () => wrong().filter((id) => paper.sure[id] > 1);

  /** Brings the questions that other pages own. @param {string[]} ids */
  const bring = async (ids) => {
    if (ids.every((id) => sources.has(id))) return;
    for (const module of new Set(quiz.pools.flatMap(({ from }) => Object.keys(from)))) {
      for (const { id, html } of await bank(module)) {
        if (ids.includes(id)) sources.set(...entry(fragment(html)));
      }
    }
  };

  /** Brings the questions of the paper; those that are no longer asked leave it. */
  const gather = async () => {
    await bring(paper.ids).catch(() => {});
    paper.ids = paper.ids.filter((id) => sources.has(id));
  };

  /** @param {() => number} next */
  const draw = async (next) => {
    /** @type {string[]} */
    let ids = [];
    try {
      for (const { count, from } of quiz.pools) {
        const pool = Object.values(from).flat();
        ids.push(
          ...shuffle(pool, next)
            .filter((id) => !ids.includes(id))
            .slice(0, count),
        );
      }
      await bring(ids);
      ids = ids.filter((id) => sources.has(id));
    } catch {
      // Without the bank the draw that stands in the page is as good.
      ids = [];
    }
    if (!ids.length) {
      const drawn = shuffle(written, next).slice(0, quiz.draw || written.length);
      ids = written.filter((id) => drawn.includes(id));
    }
    return quiz.shuffle ? shuffle(ids, next) : ids;
  };

  /** @param {KebenPaper["kind"]} kind @param {string[]} [ids] */
  const begin = async (kind, ids) => {
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    const timed = kind === "whole" && quiz.mode === "test" && quiz.minutes;
    ids ??= await draw(random(seed));
    paper = {
      seed,
      kind,
      ids,
      at: 0,
      started: now(),
      ended: null,
      deadline: timed ? Date.now() + timed * 6e4 : null,
      answers: {},
      sure: {},
      flags: [],
      graded: {},
      ms: {},
    };
    play();
  };

  const unmount = () => {
    for (const { section } of mounted.values()) section.remove();
    mounted.clear();
  };

  /** A question of the paper, as it stands there. @param {string} id */
  const question = (id) => {
    const known = mounted.get(id);
    if (known) return known;
    const section = /** @type {HTMLElement} */ (source(id).section.cloneNode(true));
    const next = quiz.shuffle ? random(paper.seed + paper.ids.indexOf(id) + 1) : undefined;
    const certainty = quiz.certainty ? "count" : quiz.confidence ? "say" : undefined;
    foot.before(section);
    const one = mount(section, { mode: isTest() ? "test" : "practice", next, certainty });
    mounted.set(id, one);
    one.view.write(paper.answers[id]);
    one.certainty = paper.sure[id] || null;
    if (state(id)) one.reveal(true);
    return one;
  };

  /** Clears the page for a stage of the paper and the questions that it shows. @param {string} name */
  const stage = (name, /** @type {string[]} */ ids = []) => {
    box.dataset.stage = name;
    head.replaceChildren();
    foot.replaceChildren();
    for (const { section } of sources.values()) section.remove();
    for (const { section } of mounted.values()) section.hidden = true;
    for (const id of ids) {
      const { section } = question(id);
      section.hidden = false;
      foot.before(section);
    }
  };

  /** Takes the reader to the begin of something new. @param {HTMLElement} heading */
  const arrive = (heading, into = box) => {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    into.scrollIntoView();
  };

  const intro = () => {
    stage("intro");
    // The questions stand there for the printer.
    unmount();
    foot.before(...[...sources.values()].map(({ section }) => section));
    const facts = make("ul", { class: "card-facts" });
    const fact = (/** @type {string} */ key, /** @type {number | null} */ n) =>
      n !== null && facts.append(make("li", {}, say(key, { n })));
    const pooled = quiz.pools.reduce((sum, { count }) => sum + count, 0);
    fact("count", pooled || Math.min(quiz.draw || written.length, written.length));
    fact("pass", quiz.pass);
    fact("time", quiz.mode === "test" ? quiz.minutes : null);
    fact(left === quiz.attempts ? "attempts" : "left", left);
    const card = make("section", { class: "card" });
    if (quiz.purpose) card.append(line(quiz.purpose, {}, "kind"));
    card.append(facts, line(`about_${quiz.purpose || quiz.mode}`));
    if (quiz.certainty) card.append(line("about_certainty"));
    if (quiz.mode === "test") card.append(line("honest", {}, "honest"));
    if (left === 0) card.append(line("spent"));
    const buttons = bar();
    const running = paper && !paper.ended;
    if (running) {
      card.append(line("resume_note", { n: paper.ids.filter(answered).length, total: paper.ids.length }));
      buttons.append(button(say("resume"), play, "main"));
    }
    const start = running ? "restart" : left === 0 ? "start_again" : "start";
    buttons.append(button(say(start), () => begin(left === 0 ? "again" : "whole"), running ? "" : "main"));
    if (paper?.ended) buttons.append(button(say("see_result"), result));
    card.append(buttons);
    head.append(card);
  };

  // Taking the paper.
  const map = make("ol", { class: "map" });
  const clock = make("span", { class: "clock", role: "timer" });
  const place = line("");
  const flag = button("", () => {
    const id = paper.ids[paper.at];
    paper.flags = paper.flags.includes(id) ? paper.flags.filter((one) => one !== id) : [...paper.flags, id];
    update();
  });
  const back = button(say("previous"), () => go(paper.at - 1));
  const onward = button("", () => go(paper.at + 1) || finish());
  const end = button("", () => finish());
  let [since, ticking] = [0, 0];

  /** The map, the buttons and the saved paper, after anything changed. */
  const update = () => {
    const here = paper.ids[paper.at];
    paper.ids.forEach((id, at) => {
      const one = all("button", map)[at];
      const how = (!isTest() && state(id)) || (answered(id) ? "answered" : "open");
      const flagged = paper.flags.includes(id);
      one.dataset.state = how;
      one.toggleAttribute("data-flagged", flagged);
      one.ariaCurrent = at === paper.at ? "true" : null;
      const words = [say("question", { n: at + 1 }), say(`is_${how}`)];
      one.ariaLabel = [...words, ...(flagged ? [say("is_flagged")] : [])].join(say("comma"));
    });
    const total = paper.ids.length;
    const last = paper.at + 1 === total;
    place.textContent = say("place", { n: paper.at + 1, total });
    flag.textContent = say("flag");
    flag.ariaPressed = String(paper.flags.includes(here));
    back.disabled = !paper.at;
    end.textContent = say(isTest() ? "hand_in" : "finish");
    onward.textContent = last ? end.textContent : say("next");
    onward.classList.toggle("main", isTest() || !!state(here));
    end.hidden = last;
    save();
  };

  /** The time that a question was looked at. */
  const leave = () => {
    const id = paper.ids[paper.at];
    paper.ms[id] = (paper.ms[id] || 0) + Math.round(performance.now() - since);
  };

  const display = () => {
    since = performance.now();
    const one = question(paper.ids[paper.at]);
    for (const { section } of mounted.values()) section.hidden = section !== one.section;
    update();
    arrive(one.heading);
  };

  /** Goes to a question, if there is one. @param {number} at */
  const go = (at) => {
    if (!paper.ids[at]) return false;
    leave();
    paper.at = at;
    display();
    return true;
  };

  const tick = () => {
    const rest = Math.max(0, Math.ceil((Number(paper.deadline) - Date.now()) / 1000));
    clock.textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    if (rest === 60) announce(say("time_left"));
    if (!rest) finish("late");
  };

  const play = async () => {
    unmount();
    await gather();
    paper.at = Math.min(paper.at, paper.ids.length - 1);
    if (!paper.ids.length) return void begin("whole");
    stage("play");
    const numbers = paper.ids.map((_, at) =>
      make(
        "li",
        {},
        button(String(at + 1), () => go(at), "number"),
      ),
    );
    map.replaceChildren(...numbers);
    clock.hidden = !paper.deadline;
    head.append(make("div", { class: "bar-top" }, place, clock, flag));
    const nav = make("nav", { "aria-label": say("map") }, map, line("legend", {}, "legend"));
    const keys = make("details", { class: "keys" }, make("summary", {}, say("keys")), line("keys_text"));
    foot.append(make("div", { class: "steps" }, back, onward), nav, bar(end), keys);
    display();
    clearInterval(ticking);
    if (!paper.deadline) return;
    ticking = setInterval(tick, 1000);
    tick();
  };

  box.addEventListener("keben-answer", () => {
    if (paper.ended) return;
    const id = paper.ids[paper.at];
    const { view, certainty } = question(id);
    // What is undefined is not saved.
    paper.answers[id] = view.read() ?? undefined;
    if (certainty) paper.sure[id] = certainty;
    update();
  });

  box.addEventListener("keben-graded", (event) => {
    const { detail } = /** @type {CustomEvent<KebenAnswered>} */ (event);
    const { question: id, answer, score, state } = detail;
    if (paper.ended) {
      // An open answer that was judged after handing in.
      paper.answers[id] = answer;
      Object.assign(paper.graded[id], { answer, score, state });
      return judgeOpen();
    }
    // What counts is the first answer; trying again is for learning.
    paper.graded[id] ??= detail;
    update();
    void keep(paper, attempt).then(save);
    if (/right|ungraded/.test(state)) onward.focus();
  });

  // Keys work while the focus is within the quiz, and not while somebody writes.
  box.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const extra = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented;
    if (box.dataset.stage !== "play" || extra || target.closest("dialog, summary, a, textarea, select")) return;
    const one = question(paper.ids[paper.at]);
    const key = event.key.toUpperCase();
    const letter = /^[A-H1-9]$/.test(key) ? (Number(key) || key.charCodeAt(0) - 64) - 1 : -1;
    /** @type {Record<string, () => void>} */
    const does = { N: () => go(paper.at + 1), P: () => go(paper.at - 1), M: () => flag.click() };
    const option = all(".option input", one.section)[letter];
    if (key === "ENTER" && target.tagName !== "BUTTON") {
      if (isTest() || state(one.data.id)) onward.click();
      else one.check();
    } else if (target.type === "text") return;
    else if (option) option.click();
    else if (does[key]) does[key]();
    else return;
    event.preventDefault();
  });

  // Handing in.
  /** @param {"sure" | "late"} [why] */
  const finish = (why) => {
    const open = paper.ids.filter((id) => (isTest() ? !answered(id) : !state(id)));
    if (!why && open.length) return warn(open);
    leave();
    clearInterval(ticking);
    paper.ended = now();
    for (const id of paper.ids) {
      const { version, key } = source(id).data;
      const answer = (isTest() && paper.answers[id]) || null;
      const { score, state } = grade(key, answer);
      paper.graded[id] ??= {
        question: id,
        version,
        answer,
        score,
        state,
        certainty: paper.sure[id] || null,
        hints: 0,
        ms: paper.ms[id] || 0,
        at: paper.ended,
      };
    }
    all("dialog", box)[0]?.close();
    judgeOpen();
    if (why === "late") announce(say("time_up"));
  };

  /** @param {string[]} open */
  const warn = (open) => {
    const title = say("warning", { n: open.length });
    const dialog = make("dialog", { class: "warning", "aria-label": title }, make("h2", {}, title));
    const close = () => dialog.close();
    const numbers = open.map((id) => {
      const at = paper.ids.indexOf(id);
      const jump = () => {
        close();
        go(at);
      };
      return button(String(at + 1), jump, "number", { "aria-label": say("question", { n: at + 1 }) });
    });
    const anyway = button(say(isTest() ? "hand_in_anyway" : "finish_anyway"), () => finish("sure"));
    dialog.append(make("p", { class: "map" }, ...numbers), bar(button(say("go_back"), close, "main"), anyway));
    dialog.onclose = () => dialog.remove();
    box.append(dialog);
    dialog.showModal();
  };

  /** Open answers are judged by who wrote them, beside the model, before there is a result. */
  const judgeOpen = () => {
    const waits = (/** @type {string} */ id) => {
      const answer = /** @type {KebenItem} */ (paper.graded[id].answer);
      return isTest() && answer?.met?.length === 0;
    };
    const id = paper.ids.find(waits);
    save();
    if (!id) return result();
    unmount();
    stage("judge", [id]);
    const one = question(id);
    one.clear();
    one.mode = "practice";
    one.judge();
    head.append(line("judge_note"));
    arrive(one.heading);
  };

  // Result and review.
  const outcome = () => {
    let [got, most, points] = [0, 0, 0];
    for (const id of paper.ids) {
      const { score = 0, certainty = null } = paper.graded[id] || {};
      const worth = state(id) === "ungraded" ? 0 : source(id).data.points;
      points += worth;
      got += worth * (quiz.certainty ? certaintyMark(score, certainty) : score);
      most += worth * (quiz.certainty ? 3 : 1);
    }
    const share = most ? Math.max(0, got / most) : null;
    const passed = quiz.pass === null || share === null ? null : share * 100 > quiz.pass - 1e-9;
    return { got, most, points, share, passed };
  };

  /** @returns {Omit<KebenAttempt, "build">} */
  const attempt = () => {
    const { points, share, passed } = outcome();
    const { started, ended, kind } = paper;
    const [mode, purpose] = kind === "whole" ? [quiz.mode, quiz.purpose] : ["check", null];
    const answers = paper.ids.flatMap((id) => paper.graded[id] || []);
    return {
      page: quiz.id,
      mode: /** @type {any} */ (mode),
      purpose,
      started,
      ended,
      points,

      answers,
      score: ended ? share : null,
      passed: ended ? passed : null,
    };
  };

  const recall = async () => {
    const record = await keben.openRecord();
    const known = await record.all("attempts");
    attempts = known.filter(({ ended }) => ended);
    const taken = attempts.filter(({ page, mode }) => page === quiz.id && mode === quiz.mode).length;
    const rest = quiz.attempts && Math.max(0, quiz.attempts - taken);
    if (rest === left) return;
    left = rest;
    if (box.dataset.stage === "intro") intro();
  };

  /** What to read, by the first link of each explanation. */
  const reading = () => {
    /** @type {Map<string, [Node, number]>} */
    const links = new Map();
    for (const id of wrong()) {
      const link = source(id).section.querySelector(".explanation a[href]");
      const href = link?.getAttribute("href");
      if (link && href) links.set(href, [link.cloneNode(true), (links.get(href)?.[1] || 0) + 1]);
    }
    const rows = [...links.values()].sort(([, one], [, two]) => two - one);
    return rows.map(([link, n]) => make("li", {}, link, make("small", {}, say("count", { n }))));
  };

  const result = () => {
    if (!paper.kept) {
      paper.kept = true;
      keep(paper, attempt)
        .then(save)
        .then(recall)
        .catch(() => {});
    }
    save();
    stage("result");
    const heading = make("h2", {}, say("read_next"));
    const card = make("section", { class: "card" }, heading);
    const list = reading();
    if (list.length) card.append(line("reading_note"), make("ul", { class: "reading" }, ...list));
    else card.append(line(wrong().length ? "reading_none" : "all_right"));

    const { got, most, share, passed } = outcome();
    if (share !== null) {
      const n = Math.round(share * 100);
      const number = make("p", { class: "score" }, make("b", {}, String(n)), say("score"));
      if (passed !== null) number.append(mark(passed ? "right" : "wrong", say(passed ? "passed" : "failed")));
      const count = (/** @type {string} */ how) => paper.ids.filter((id) => state(id) === how).length;
      const lines = [line("counts", { right: count("right"), partly: count("partly"), wrong: count("wrong") })];
      if (quiz.pass !== null) lines.push(line("pass", { n: quiz.pass }));
      if (quiz.certainty) lines.push(line("certainty_score", { got: Math.round(got * 10) / 10, most }));
      const module = quiz.id.replace(/[^/]*$/, "");
      const before = attempts.filter(({ page, purpose }) => purpose === "pretest" && page.startsWith(module)).pop();
      if (quiz.purpose === "posttest" && before?.score != null)
        lines.push(line("since_pretest", { before: Math.round(before.score * 100), now: n }));
      card.append(make("div", { class: "score-box" }, number, ...lines));
    }
    if (conceited().length) {
      const title = (/** @type {string} */ id) => all("h2, h3", source(id).section)[0].firstChild.textContent;
      const rows = conceited().map((id) =>
        make(
          "li",
          {},
          button(title(id), () => review(id), "plain"),
        ),
      );
      card.append(make("h3", {}, say("conceited")), line("conceited_note"), make("ul", {}, ...rows));
    }
    const actions = bar(button(say("review"), () => review(), "main"));
    const ids = wrong();
    if (ids.length) actions.append(button(say("retry_wrong", { n: ids.length }), () => begin("wrong", ids)));
    actions.append(button(say("back_to_start"), intro));
    card.append(actions);
    head.append(card);
    arrive(heading);
  };

  /** Every question with what was chosen and why, what was surely wrong first. @param {string} [first] */
  const review = (first) => {
    const ids = [...new Set([...conceited(), ...wrong(), ...paper.ids])];
    unmount();
    stage("review", ids);
    for (const id of ids) {
      const one = question(id);
      const { answer, certainty } = paper.graded[id];
      one.clear();
      one.view.write(answer);
      one.reveal(true);
      const words = [say("question", { n: paper.ids.indexOf(id) + 1 })];
      if (certainty) words.push(say("was_sure", { sure: say(`sure_${certainty}`) }));
      one.section.prepend(make("p", { class: "review-note" }, words.join(say("comma"))));
    }
    const heading = make("h2", {}, say("review"));
    head.append(heading, bar(button(say("see_result"), result)));
    foot.append(bar(button(say("see_result"), result, "main")));
    if (first) arrive(question(first).heading, question(first).section);
    else arrive(heading);
  };

  box.classList.add("playing");
  // The clock of a test goes on while the page is closed; anything else waits to be taken up again.
  if (paper?.deadline && !paper.ended) play();
  else if (paper) gather().then(intro);
  else intro();
  recall().catch(() => {});
})();
