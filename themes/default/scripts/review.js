// Today's review: the cards that are due, from every module, one at a time; what comes in the next two weeks. Only the
// banks that hold cards of the round are fetched. The first answer of a day decides when a card comes back (memory.js);
// one that was forgotten comes once more at the end of the round, for practice.
(() => {
  "use strict";

  const { say, make, button, day } = keben.learner;
  const place = /** @type {HTMLElement} */ (document.getElementById("review"));
  /** So many cards make a round. */
  const ROUND = 20;
  const DAYS = 14;
  /** A card that comes this rarely counts as settled, in days. */
  const SETTLED = 21;
  const [AGAIN, HARD, , EASY] = [1, 2, 3, 4];

  /** @type {KebenRecord} */
  let record;
  /** @type {Record<string, KebenItem>} */
  let cards = {};
  const today = () => keben.memory.day(new Date());

  /** @param {string} when */
  const inDays = (when) => {
    const n = Math.round((Date.parse(when) - Date.parse(today())) / 864e5);
    return n === 1 ? say("review_tomorrow") : `${day(when)} · ${say("review_days", { n })}`;
  };

  /** The module whose bank holds a card. @param {string} card */
  const module = (card) => {
    const pages = keben.course?.pages || {};
    const page = cards[card]?.page || Object.keys(pages).find((id) => pages[id].questions?.includes(card));
    return pages[page]?.module;
  };

  /** What questions need: fetched with the first round. */
  const player = async () => {
    if (keben.questions) return;
    await keben.fetch("grading.js");
    const style = make("link", { rel: "stylesheet", href: keben.root + keben.theme.files["quiz.css"] });
    const styled = new Promise((resolve) => {
      style.onload = style.onerror = resolve;
    });
    document.head.append(style);
    await Promise.all([keben.fetch("question.js"), styled]);
  };

  /** The texts of cards, from their banks; a card whose text has left the book has none. @param {string[]} ids */
  const texts = async (ids) => {
    /** @type {Map<string, KebenBanked>} */
    const found = new Map();
    for (const name of new Set(ids.map(module))) {
      const bank = name && keben.course?.banks[name];
      if (!bank) continue;
      for (const one of await keben.learner.bank(name)) if (ids.includes(one.id)) found.set(one.id, one);
    }
    return found;
  };

  /** What has left the book is not asked about until another edition of it is here. @param {string} id */
  const here = (id) => !cards[id].gone || cards[id].gone !== keben.course?.build;
  const due = () => keben.memory.due(cards, today()).filter(here);

  /** Cards by the day on which they come; what is late comes today. */
  const calendar = () => {
    const days = Array.from({ length: DAYS }, (_, at) => ({ day: keben.memory.later(today(), at), n: 0 }));
    for (const [id, { due: when, off }] of Object.entries(cards)) {
      const one = days.find((each) => each.day === (when < today() ? today() : when));
      if (one && !off && here(id)) one.n += 1;
    }
    return days;
  };

  const forecast = () => {
    const days = calendar();
    const most = Math.max(4, ...days.map(({ n }) => n));
    const bars = days.map(({ day: when, n }, at) => {
      const label = at ? String(Number(when.slice(8))) : say("review_today");
      const bar = make("span", { class: "bar-shape", "aria-hidden": "true" }, make("small", {}, n ? String(n) : ""));
      bar.style.setProperty("--share", String(n / most));
      const words = make("span", { class: "unseen" }, say("review_forecast_day", { date: day(when), n }));
      return make("li", {}, bar, make("small", { "aria-hidden": "true" }, label), words);
    });
    const known = Object.values(cards).filter(({ off }) => !off);
    const settled = known.filter(({ interval }) => interval >= SETTLED).length;
    return make(
      "section",
      {},
      make("h2", {}, say("review_forecast")),
      make("ol", { class: "forecast" }, ...bars),
      make("p", { class: "facts" }, say("review_all", { n: known.length, m: settled })),
    );
  };

  /** @param {string} title @param {string} note @param {Node[]} ways */
  const notice = (title, note, ...ways) =>
    make(
      "div",
      { class: "nothing" },
      make("h2", {}, title),
      make("p", {}, note),
      make("p", { class: "buttons" }, ...ways),
    );

  /** What stands before a round: how much there is, or why there is nothing. */
  const opening = async () => {
    const waiting = due().length;
    const parts = await keben.learner.warnings(record);
    const list = document.querySelector('.foot a[href$="kinds/quiz.html"]')?.getAttribute("href");
    const quizzes = make("a", { class: "button", href: list || `${keben.root}index.html` }, say("review_quizzes"));
    if (!Object.keys(cards).length) parts.push(notice(say("review_no_cards"), say("review_no_cards_note"), quizzes));
    else if (waiting) {
      const n = Math.min(waiting, ROUND);
      const label = n < waiting ? say("review_start_batch", { n }) : say("review_start");
      const minutes = make("span", {}, say("review_minutes", { n: Math.max(1, Math.round(n / 2)) }));
      const count = make("p", { class: "waiting" }, make("b", {}, say("review_waiting", { n: waiting })), minutes);
      parts.push(make("div", { class: "ready" }, count, button(label, begin)));
    } else {
      const next = calendar().find(({ n }) => n > 0);
      const note = next ? say("review_none_next", { date: day(next.day), n: next.n }) : "";
      quizzes.className = "button quiet";
      parts.push(notice(say("review_none"), note, quizzes));
    }
    if (Object.keys(cards).length) parts.push(forecast());
    place.replaceChildren(...parts);
  };

  const failed = () => {
    place.replaceChildren(make("p", { class: "alert alert-warning", role: "alert" }, say("record_failed")));
  };
  const begin = () => void round().catch(failed);

  const round = async () => {
    const ids = due()
      .sort((a, b) => (cards[a].due < cards[b].due ? -1 : 1))
      .slice(0, ROUND);
    const found = await texts(ids);
    const gone = ids.filter((id) => !found.has(id));
    const build = keben.course?.build || "";
    if (gone.length) {
      await record.write(
        "cards",
        gone.map((id) => [id, (old) => ({ ...old, gone: build })]),
      );
      cards = await record.all("cards");
    }
    const queue = ids.filter((id) => found.has(id));
    if (queue.length) await player();
    const total = queue.length;
    const seen = new Set();
    const told = { right: 0, wrong: 0 };
    const holder = {};
    const started = new Date().toISOString();
    /** @type {KebenAnswered[]} */
    const answers = [];

    const keep = (/** @type {boolean} */ over) => {
      const graded = answers.filter(({ state }) => state !== "ungraded");
      const score = graded.reduce((sum, one) => sum + one.score, 0);
      /** @type {KebenAttempt} */
      const attempt = {
        ...{ page: "review", mode: "review", purpose: null, started, ended: over ? new Date().toISOString() : null },
        ...{ score: graded.length ? score / graded.length : null, points: graded.length, passed: null, build, answers },
      };
      return keben.questions.keep(holder, () => attempt);
    };

    const end = async () => {
      if (answers.length) await keep(true);
      const left = due().length;
      const title = make("h2", { tabindex: "-1" }, say(left ? "review_done_batch" : "review_done"));
      const note = make("p", {}, total ? say("review_done_note", told) : "");
      if (gone.length) note.append(` ${say("review_gone", { n: gone.length })}`);
      const box = make("div", { class: "nothing" }, title, note);
      if (left) box.append(make("p", { class: "buttons" }, button(say("review_more", { n: left }), begin)));
      place.replaceChildren(box, forecast());
      title.focus();
    };

    const step = () => {
      const id = queue.shift();
      const one = id && found.get(id);
      if (!id || !one) return void end();
      const first = !seen.has(id);
      seen.add(id);
      const section = keben.questions.fragment(one.html);
      const count = make("p", { class: "place" }, say("review_place", { n: Math.min(seen.size, total), total }));
      const bar = make("progress", { max: String(total), value: String(seen.size - 1), "aria-hidden": "true" });
      const after = make("div", { class: "after" });
      place.replaceChildren(make("div", { class: "round" }, make("div", { class: "way" }, count, bar), section, after));
      const question = keben.questions.mount(section, { mode: "review" });
      question.heading.tabIndex = -1;
      question.heading.focus();

      /** When it comes back, said below the card, with the ways on. @param {number} rating @param {Node[]} ways */
      const close = (rating, ...ways) => {
        const when =
          rating === AGAIN && first ? say("review_again") : say("review_due", { date: inDays(cards[id].due) });
        const words = make("p", { class: "told", role: "status" }, when);
        const from = keben.learner.page(one.page);
        const source = make("p", { class: "facts" }, ...(from ? [say("review_from"), from] : []));
        const next = button(queue.length ? say("review_next") : say("review_end"), step);
        const rest = button(
          say("review_rest"),
          async () => {
            const off = rest.textContent === say("review_rest");
            await record.put("cards", id, (/** @type {KebenItem} */ old) => ({ ...old, off }));
            cards = await record.all("cards");
            rest.textContent = say(off ? "review_unrest" : "review_rest");
            if (off) words.textContent = say("review_rested");
          },
          "plain",
        );
        after.replaceChildren(words, make("div", { class: "buttons" }, next, ...ways, rest), source);
        if (!section.contains(document.activeElement) || document.activeElement === document.body) next.focus();
      };

      /** @param {number} rating @param {string} at @param {string} [known] the review that is rated once more */
      const rate = async (rating, at, known) => {
        const review = await record.add("reviews", { id: known, card: id, rating, at });
        cards = await keben.memory.fold();
        if (rating === AGAIN && !queue.includes(id)) queue.push(id);
        return review;
      };

      /** The learner's own word for a card that has no right and wrong. @param {string} at */
      const ask = (at) => {
        const group = make("div", { class: "rates", role: "group", "aria-label": say("review_rate") });
        for (const rating of [1, 2, 3, 4]) {
          const press = async () => {
            told[rating === AGAIN ? "wrong" : "right"] += first ? 1 : 0;
            if (first) await rate(rating, at);
            close(rating);
          };
          group.append(button(say(`review_${rating}`), () => void press(), `rate-${rating}`));
        }
        after.replaceChildren(make("p", { class: "asks" }, say("review_rate")), group);
        group.querySelector("button")?.focus();
      };

      section.addEventListener("keben-graded", async (event) => {
        if (after.childElementCount) return;
        const { detail } = /** @type {CustomEvent<KebenAnswered>} */ (event);
        const rating = keben.memory.rating(detail);
        question.reveal(true);
        if (!rating) return ask(detail.at);
        if (!first) return close(rating);
        told[detail.state === "wrong" ? "wrong" : "right"] += 1;
        answers.push(detail);
        await keep(false);
        const review = await rate(rating, detail.at);
        /** @param {string} key @param {number} better */
        const other = (key, better) => {
          const press = async () => {
            await rate(better, detail.at, review);
            close(better);
          };
          return button(say(key), () => void press(), "plain");
        };
        const ways = detail.state === "right" ? [other("review_guess", HARD), other("review_easy", EASY)] : [];
        close(rating, ...ways);
      });
    };
    step();
  };

  const start = async () => {
    ({ record, cards } = await keben.learner.open());
    await opening();
    record.subscribe(async ({ kind }) => {
      if (kind !== "*" || place.querySelector(".round")) return;
      cards = await keben.memory.fold();
      await opening();
    });
  };
  start().catch(failed);
})();
