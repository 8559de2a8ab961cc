// Spaced review: which cards are due, reckoned from what the learner did. FSRS does the reckoning (vendor/ts-fsrs.umd.js).
//
// A card is a function of the record: the answers given to its question and the learner's own ratings, replayed in
// order. The record's `cards` only keep the outcome, so that pages can say what is due without reckoning; after an
// import, or with two tabs open, replaying gives the same. Of the answers of one day the first counts, for the second
// says little about memory; so no two reviews of a card are on the same day. Days are the learner's own.
(() => {
  "use strict";

  /** An answer counts as quick below this many milliseconds. */
  const QUICK = 8000;
  const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];

  /** How well an answer shows that its question is remembered; null where it shows nothing. @type {KebenMemory["rating"]} */
  const rating = ({ state, hints, certainty, ms }) => {
    if (state === "wrong") return AGAIN;
    if (state === "partly") return HARD;
    if (state !== "right") return null;
    if (hints > 0) return HARD;
    return certainty === 3 && ms > 0 && ms < QUICK ? EASY : GOOD;
  };

  /** @type {KebenMemory["day"]} */
  const day = (at) => {
    const date = new Date(at);
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  };
  /** @param {string} first @param {string} second */
  const between = (first, second) => Math.round((Date.parse(second) - Date.parse(first)) / 864e5);
  /** @type {KebenMemory["later"]} */
  const later = (start, days) => new Date(Date.parse(start) + days * 864e5).toISOString().slice(0, 10);

  /** @type {KebenMemory["replay"]} */
  const replay = (fsrs, reviews) => {
    const plan = fsrs.fsrs({ enable_fuzz: false, learning_steps: [], relearning_steps: [] });
    const first = reviews.filter((one, at) => !at || day(one.at) > day(reviews[at - 1].at));
    /** @type {{ stability: number, difficulty: number } | null} */
    let state = null;
    let lapses = 0;
    let interval = 0;
    first.forEach(({ at, rating: grade }, place) => {
      const days = place ? between(day(first[place - 1].at), day(at)) : 0;
      if (state && grade === AGAIN) lapses += 1;
      state = plan.next_state(state, days, grade);
      interval = plan.next_interval(state.stability, days);
    });
    const { at } = first[first.length - 1];
    const { stability, difficulty } = /** @type {any} */ (state);
    return { due: later(day(at), interval), interval, stability, difficulty, reps: first.length, lapses, last: at };
  };

  /** Everything that tells of memory, by card, in order. @type {KebenMemory["histories"]} */
  const histories = (attempts, reviews) => {
    /** @type {Map<string, { at: string, rating: number }[]>} */
    const all = new Map();
    /** @param {string} card @param {string} at @param {number | null} grade */
    const note = (card, at, grade) => {
      if (grade) all.set(card, [...(all.get(card) || []), { at, rating: grade }]);
    };
    // What was answered in a review has its rating among the reviews.
    for (const { mode, answers } of attempts) {
      if (mode !== "review") for (const one of answers) note(one.question, one.at, rating(one));
    }
    for (const { card, at, rating: grade } of reviews) note(card, at, grade);
    for (const list of all.values()) list.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    return all;
  };

  const keben = globalThis.keben || /** @type {Keben} */ ({});
  /** @type {KebenMemory["fold"]} */
  const fold = async () => {
    const record = await keben.openRecord();
    const [attempts, reviews, cards] = [
      await record.all("attempts"),
      await record.all("reviews"),
      await record.all("cards"),
    ];
    /** @type {[string, KebenItem][]} */
    const stale = [];
    for (const [card, list] of histories(attempts, reviews)) {
      const seen = `${list.map(({ rating: grade }) => grade).join("")} ${list[list.length - 1].at}`;
      if (cards[card]?.seen !== seen) stale.push([card, { list, seen }]);
    }
    if (!stale.length) return cards;
    await keben.fetch("ts-fsrs.umd.js");
    const { FSRS } = globalThis;
    await record.write(
      "cards",
      stale.map(([card, { list, seen }]) => [
        card,
        // What the learner chose for the card stays: that it was added, that it rests.
        (old) => {
          cards[card] = { ...old, ...replay(FSRS, list), seen };
          return cards[card];
        },
      ]),
    );
    return cards;
  };

  /** @type {KebenMemory["due"]} */
  const due = (cards, today) => Object.keys(cards).filter((card) => !cards[card].off && cards[card].due <= today);

  keben.memory = { rating, day, later, replay, histories, due, fold };
  globalThis.keben = keben;
})();
