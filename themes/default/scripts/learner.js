// What "My learning" and "Today's review" share: their strings, elements, dates, and the opening of what they show.
(() => {
  "use strict";

  /** @type {Record<string, string>} */
  const strings = JSON.parse(document.getElementById("strings")?.textContent || "{}");
  const language = document.documentElement.lang;

  // The questions of a review say what those of a quiz say.
  keben.quizStrings ??= strings;

  /** @type {KebenLearner["say"]} */
  const say = (key, gaps = {}) => (strings[key] ?? key).replace(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));

  /** @type {KebenLearner["make"]} */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /** @type {KebenLearner["button"]} */
  const button = (label, press, name = "") => {
    const one = make("button", { type: "button", class: `button ${name}`.trim() }, label);
    one.addEventListener("click", press);
    return one;
  };

  /** @type {Record<string, KebenBanked[]>} */
  const banks = {};
  /** @type {Keben["bank"]} */
  const receive = (module, questions) => {
    banks[module] = questions;
  };

  const dates = new Intl.DateTimeFormat(language, { month: "long", day: "numeric" });
  const times = new Intl.DateTimeFormat(language, {
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });

  keben.learner = {
    say,
    make,
    button,
    day: (day) => dates.format(new Date(`${day}T12:00`)),
    time: (at) => times.format(new Date(at)),
    page: (id, anchor = "") => {
      const known = keben.course?.pages[id];
      if (!known) return null;
      return make("a", { href: keben.root + known.url + (anchor && `#${encodeURIComponent(anchor)}`) }, known.title);
    },
    bank: async (module) => {
      keben.bank = receive;
      await keben.load(keben.root + keben.course?.banks[module]?.url).catch(() => {});
      return banks[module] || [];
    },
    open: async () => {
      const course = keben.load(`${keben.root}assets/course.js`).catch(() => {
        keben.course = { site: { id: document.body.dataset.site || "", title: "" }, build: "", banks: {}, pages: {} };
      });
      await Promise.all([course, keben.fetch("memory.js")]);
      const record = await keben.openRecord();
      return { record, cards: await keben.memory.fold() };
    },
    warnings: async (record) => {
      const aside = Object.keys(await record.all("aside"));
      /** @param {string} key @param {number} [n] */
      const warning = (key, n = 0) => make("p", { class: "alert alert-warning", role: "note" }, say(key, { n }));
      return [
        ...(record.kept ? [] : [warning("record_not_kept")]),
        ...(aside.length ? [warning("record_aside", aside.length)] : []),
      ];
    },
  };
})();
