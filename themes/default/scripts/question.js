// One question, made to be answered: by mouse, thumb or keyboard, whatever its type. On a lesson its questions are
// checked where they stand; quiz.js and the page of reviews put theirs together with keben.questions.mount().
//
// A question tells what happens to it by two events that bubble: "keben-answer" when the learner changed something, and
// "keben-graded" with a KebenAnswered when an answer was checked. Nothing is kept here; what is checked in a lesson goes
// into the learner's record, if there is one.
(() => {
  "use strict";

  const { grade, shuffle } = keben.grading;

  /**
   * An interface string with its gaps filled.
   * @param {string} key
   * @param {Record<string, string | number>} [gaps]
   */
  const say = (key, gaps = {}) =>
    (keben.quizStrings?.[`quiz_${key}`] ?? "").replace(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));

  /** @type {KebenQuestions["make"]} */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /** @type {KebenQuestions["button"]} */
  const button = (label, press, look = "", attributes = {}) => {
    const one = make("button", { type: "button", class: `button ${look}`, ...attributes }, label);
    one.onclick = press;
    return one;
  };

  /** @type {KebenQuestions["all"]} */
  const all = (selector, within) => /** @type {any[]} */ ([...within.querySelectorAll(selector)]);
  const words = (/** @type {Element | null | undefined} */ one) => one?.textContent?.trim() || "";

  const live = make("div", { class: "unseen", role: "status" });
  document.body.append(live);
  const announce = (/** @type {string} */ text) => {
    live.textContent = text;
  };

  /** A tick, a cross, a dash and a dot: every mark has its shape beside its word. @type {Record<string, string>} */
  const SHAPES = {
    right: "M20 6 9 17l-5-5",
    wrong: "M18 6 6 18M6 6l12 12",
    partly: "M5 12h14",
    ungraded: "M12 12h.01",
  };
  /** @type {KebenQuestions["mark"]} */
  const mark = (state, word = say(`is_${state}`)) => {
    const one = make("span", { class: "verdict-mark", "data-state": state });
    one.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${SHAPES[state]}"/></svg>`;
    one.append(make("b", {}, word));
    return one;
  };

  /**
   * Calls back while a pointer drags something by its handle, and where it lets go.
   * @param {HTMLElement} handle
   * @param {(x: number, y: number) => void} move
   * @param {(x: number, y: number) => void} [drop]
   */
  const drag = (handle, move, drop) => {
    handle.onpointerdown = (event) => {
      if (event.button || handle.closest(".locked")) return;
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      handle.onpointermove = ({ clientX, clientY }) => move(clientX, clientY);
      handle.onlostpointercapture = ({ clientX, clientY }) => {
        handle.onpointermove = null;
        drop?.(clientX, clientY);
      };
    };
  };

  /** @param {string} label @param {[number, string][]} choices */
  const dropDown = (label, choices) => {
    const select = make("select", { "aria-label": label }, make("option", { value: "" }, say("choose")));
    for (const [value, text] of choices) select.append(make("option", { value: String(value) }, text));
    return select;
  };

  /** What stands in fields, null where nothing does. @param {(HTMLInputElement | HTMLSelectElement)[]} fields */
  const filled = (fields) => {
    const values = fields.map(({ tagName, value }) => (value && tagName === "SELECT" ? Number(value) : value || null));
    return values.some((one) => one !== null) ? values : null;
  };
  /** @param {(HTMLInputElement | HTMLSelectElement)[]} fields @param {KebenItem} answer */
  const fill = (fields, answer) => {
    fields.forEach((field, at) => {
      field.value = String(answer?.[at] ?? "");
    });
  };
  /** Which of some boxes are ticked. @param {HTMLInputElement[]} boxes */
  const ticked = (boxes) => boxes.flatMap((box, at) => (box.checked ? [at] : []));
  /** @param {HTMLInputElement[]} boxes @param {KebenItem} answer */
  const tick = (boxes, answer) => {
    boxes.forEach((box, at) => {
      box.checked = !!answer?.includes?.(at);
    });
  };

  /**
   * How a type is answered: `read` gives null while nothing is, `write` puts an earlier answer there, `mark` tells what
   * was right, part by part, and what would have been, once everything is shown.
   * @typedef {{ read(): any, write(answer: any): void, mark(parts: boolean[], full?: boolean): void }} View
   * What a view may use of its question.
   * @typedef {{ section: HTMLElement, key: any, id: string, next?: () => number, changed(): void, judging?: boolean,
   *   part(good: boolean, word?: string): HTMLElement, correction(text: string): HTMLElement,
   *   show(selector: string, title?: string): HTMLElement | undefined }} Self
   */

  /** @type {Record<string, (self: Self) => View>} */
  const VIEWS = {
    choice({ section, key, id, next }) {
      const [list] = all(".options", section);
      const role = key.multiple ? "group" : "radiogroup";
      const group = make("div", { class: "options", role, "aria-labelledby": id });
      /** @type {HTMLInputElement[]} */
      const boxes = [];
      const rows = [...list.children].map((item) => {
        const box = make("input", { type: key.multiple ? "checkbox" : "radio", name: `${id}-option` });
        boxes.push(box);
        return make("div", { class: "option" }, make("label", {}, box, make("span", {}, ...item.childNodes)));
      });
      group.append(...(key.trueFalse || !next ? rows : shuffle(rows, next)));
      list.replaceWith(group);
      return {
        read: () => (ticked(boxes).length ? ticked(boxes) : null),
        write: (answer) => tick(boxes, answer),
        mark: (_, full) =>
          boxes.forEach((box, at) => {
            const [verdict] = all(`.verdicts > [data-option="${at}"]`, section);
            if (!verdict || !(box.checked || full)) return;
            rows[at].dataset.state = verdict.className;
            const word = mark(verdict.className, words(verdict.querySelector("b")));
            const note = make("div", { class: "note marked", id: `${id}-${at}` }, word);
            if (box.checked) note.append(make("small", {}, say("yours")));
            note.append(...all(".feedback", verdict).map((one) => one.cloneNode(true)));
            box.setAttribute("aria-describedby", note.id);
            rows[at].append(note);
          }),
      };
    },

    blanks({ section, key, part, correction }) {
      const places = all(".blank", section);
      const fields = places.map((place, at) => {
        const label = say("blank", { n: at + 1 });
        const { texts, numbers, units } = /** @type {KebenBlank} */ (key.blanks[at]);
        /** @type {string[] | undefined} */
        const choices = place.dataset.choices && JSON.parse(place.dataset.choices);
        if (choices) return dropDown(label, [...choices.entries()]);
        const decimal = numbers?.every(({ min }) => min >= 0) && !units?.length;
        const length = Math.max(5, ...(texts || []).map((text) => text.length));
        return make("input", {
          ...{
            type: "text",
            class: length > 9 ? "long" : "",
            inputmode: decimal ? "decimal" : "text",
          },
          autocomplete: "off",
          spellcheck: "false",
          "aria-label": label,
        });
      });
      places.forEach((place, at) => {
        place.replaceChildren(fields[at]);
      });
      return {
        read: () => filled(fields),
        write: (answer) => fill(fields, answer),
        mark: (parts, full) =>
          places.forEach((place, at) => {
            place.append(part(parts[at]));
            if (full && !parts[at]) place.append(correction(words(all(".blank-answers > li", section)[at])));
          }),
      };
    },

    ordering({ section, changed, part, show }) {
      const items = all(".items > li", section);
      const list = make("ol", { class: "items" }, ...items);
      let touched = false;
      const order = () => /** @type {HTMLElement[]} */ ([...list.children]);
      /**
       * The neighbours give way, for what is moved itself would lose the focus and the pointer.
       * @param {HTMLElement} item
       * @param {number} to
       */
      const move = (item, to) => {
        for (let at = order().indexOf(item); at !== to && order()[to]; at = order().indexOf(item)) {
          if (to < at) item.after(order()[at - 1]);
          else item.before(order()[at + 1]);
          touched = true;
          changed();
        }
      };
      for (const item of items) {
        const title = words(item);
        const step = (/** @type {number} */ by) => {
          if (item.closest(".locked")) return;
          move(item, order().indexOf(item) + by);
          announce(say("moved", { title, n: order().indexOf(item) + 1, total: items.length }));
        };
        const grip = make("span", { class: "grip", "aria-hidden": "true" });
        drag(grip, (_, y) => {
          // Its place is after all whose middle is above the pointer.
          const others = order().filter((one) => one !== item);
          const middles = others.map((one) => one.getBoundingClientRect()).map(({ top, height }) => top + height / 2);
          move(item, middles.filter((middle) => middle < y).length);
        });
        item.append(make("span", {}, ...item.childNodes));
        item.prepend(grip);
        for (const [sign, name, by] of /** @type {[string, string, number][]} */ ([
          ["↑", "move_up", -1],
          ["↓", "move_down", 1],
        ]))
          item.append(button(sign, () => step(by), "arrow", { "aria-label": say(name, { title }) }));
        item.onkeydown = (/** @type {KeyboardEvent} */ event) => {
          const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
          if (!by) return;
          event.preventDefault();
          step(by);
        };
      }
      all(".items", section)[0].replaceWith(list);
      return {
        read: () => (touched ? order().map((item) => Number(item.dataset.item)) : null),
        write(answer) {
          touched = !!answer;
          for (const n of answer || []) list.append(...items.filter((one) => Number(one.dataset.item) === n));
        },
        mark(parts, full) {
          order().forEach((item, at) => {
            item.children[1].append(part(parts[at]));
          });
          if (full && parts.includes(false)) show(".order", say("correct_answer"));
        },
      };
    },

    matching({ section, key, changed, part, correction }) {
      const chips = all(".choices > li", section);
      const rows = all(":scope > .table [data-row]", section);
      const number = (/** @type {HTMLElement} */ chip) => Number(chip.dataset.choice);
      const fields = rows.map((row) => {
        const field = dropDown(
          words(row.firstElementChild),
          chips.map((chip) => [number(chip), words(chip)]),
        );
        row.lastElementChild?.replaceChildren(field);
        return field;
      });
      for (const chip of chips) {
        let [left, top] = [0, 0];
        drag(
          chip,
          (x, y) => {
            if (!left) [left, top] = [x, y];
            chip.style.transform = `translate(${x - left}px, ${y - top}px)`;
          },
          (x, y) => {
            left = 0;
            chip.style.transform = "";
            const at = rows.findIndex((row) => document.elementsFromPoint(x, y).includes(row));
            if (at < 0) return;
            fields[at].value = String(number(chip));
            changed();
          },
        );
      }
      return {
        read: () => filled(fields),
        write: (answer) => fill(fields, answer),
        mark: (parts, full) =>
          fields.forEach((field, at) => {
            field.after(part(parts[at]));
            const right = chips.find((chip) => number(chip) === key.right[at]);
            if (full && !parts[at]) field.parentElement?.append(correction(words(right)));
          }),
      };
    },

    classify({ section, key, id, part }) {
      const type = key.right.every((/** @type {number[]} */ columns) => columns.length === 1) ? "radio" : "checkbox";
      const heads = all(":scope > .table th", section).map(words);
      const cells = all(":scope > .table [data-row]", section).map((row) => all("td, th", row));
      const rows = cells.map(([first, ...rest], row) =>
        rest.map((cell, column) => {
          const head = heads[column + 1];
          const box = make("input", { type, name: `${id}-${row}`, "aria-label": `${words(first)} – ${head}` });
          cell.replaceChildren(make("label", {}, box, make("span", { "aria-hidden": "true" }, head)));
          return box;
        }),
      );
      return {
        read: () => (rows.flat().some((box) => box.checked) ? rows.map(ticked) : null),
        write(answer) {
          for (const [row, boxes] of rows.entries()) tick(boxes, answer?.[row]);
        },
        mark: (parts, full) =>
          cells.forEach(([first, ...rest], row) => {
            first.append(part(parts[row]));
            if (!full || parts[row]) return;
            for (const column of key.right[row]) rest[column].append(part(true, say("correct_answer")));
          }),
      };
    },

    open(self) {
      const field = make("textarea", { rows: "5", "aria-label": say("your_answer") });
      all(".stem, h2, h3", self.section).pop().after(field);
      /** @type {HTMLInputElement[]} */
      let boxes = [];
      /** @type {boolean[]} */
      let met = [];
      return {
        read() {
          if (self.judging) met = boxes.map((box) => box.checked);
          return field.value.trim() ? { text: field.value, met } : null;
        },
        write(answer) {
          field.value = answer?.text || "";
          met = answer?.met || [];
        },
        mark() {
          self.show(".model", say("model"));
          const list = self.show(".criteria", say("criteria"));
          boxes = [...(list?.children || [])].map((item, at) => {
            const box = make("input", { type: "checkbox" });
            box.checked = !!met[at];
            box.disabled = !self.judging;
            item.replaceChildren(make("label", {}, box, make("span", {}, ...item.childNodes)));
            return box;
          });
        },
      };
    },

    card: ({ show }) => ({ read: () => [], write() {}, mark: () => void show(":not(summary)") }),
  };
  VIEWS.survey = VIEWS.choice;

  let count = 0;

  /** @type {KebenQuestions["mount"]} */
  const mount = (section, { mode = "check", next, certainty } = {}) => {
    /** @type {KebenQuestionData} */
    const data = JSON.parse(section.dataset.question || "");
    const { key } = data;
    const [heading] = all("h2, h3, h4", section);
    heading.id ||= `question-${++count}`;
    const panel = make("div", { class: "result", tabindex: "-1" });
    const main = button("", () => check(), "main");
    const again = button(say("retry"), () => retry());
    const give = button(say("show_answer"), () => reveal());
    const actions = make("div", { class: "actions" }, main, again, give);
    const sure = make("fieldset", { class: "sure" }, make("legend", {}, say("sure")));
    const hints = all(":scope > .hint", section);
    let [full, used, tries, since] = [false, 0, 0, performance.now()];
    const locked = () => section.classList.contains("locked");

    const changed = () => {
      if (!locked()) section.dispatchEvent(new Event("keben-answer", { bubbles: true }));
    };
    /** @param {HTMLElement} one */
    const marked = (one) => {
      one.classList.add("marked");
      return one;
    };
    /** @type {Self} */
    const self = {
      section,
      key,
      id: heading.id,
      next,
      changed,
      part: (good, word) => marked(mark(good ? "right" : "wrong", word)),
      correction: (text) => make("span", { class: "correction marked" }, text),
      show(selector, title) {
        const copies = all(`:scope > .answer > ${selector}`, section).map((one) => one.cloneNode(true));
        if (title && copies.length) panel.append(make("b", {}, title));
        panel.append(...copies);
        return copies[0];
      },
    };
    const view = VIEWS[key.type](self);

    /** What can be pressed now. */
    const label = () => {
      /** @type {Record<string, string>} */
      const ask = { survey: "send", card: "turn", open: self.judging ? "save_marks" : "compare" };
      main.textContent = say(ask[key.type] || "check");
      actions.hidden = question.mode === "test";
      main.hidden = locked();
      again.hidden = give.hidden = !locked() || full;
    };
    const lock = (/** @type {boolean} */ on) => {
      section.classList.toggle("locked", on);
      for (const one of all("input, select, textarea, .arrow", section)) one.disabled = on;
    };

    const clear = () => {
      full = self.judging = false;
      panel.replaceChildren();
      for (const one of all(".marked", section)) one.remove();
      for (const one of all(".option", section)) delete one.dataset.state;
      lock(false);
      label();
    };

    /** @param {KebenItem} answer */
    const display = (answer) => {
      const { score, state, parts } = grade(key, answer);
      lock(true);
      self.judging = false;
      const percent = say("partly_points", { n: Math.round(score * 100) });
      const word = answer === null ? say("unanswered") : state === "partly" ? percent : undefined;
      panel.replaceChildren(mark(state, word));
      view.mark(parts, full);
      if (full) self.show(".explanation");
      label();
      return { score, state };
    };

    /** An open answer beside the model: the learner ticks what it does. */
    const judge = () => {
      self.judging = true;
      lock(true);
      panel.replaceChildren();
      view.mark([]);
      section.classList.remove("locked");
      panel.after(actions);
      label();
      announce(say("criteria"));
    };

    const check = () => {
      const answer = view.read();
      if (answer === null) {
        panel.replaceChildren(make("p", {}, say("answer_first")));
        return announce(words(panel));
      }
      if (key.type === "open" && !self.judging) return judge();
      tries += 1;
      full = key.type === "open" || /right|ungraded/.test(grade(key, answer).state);
      const { score, state } = display(answer);
      announce(words(panel));
      (again.hidden ? panel : again).focus({ preventScroll: true });
      /** @type {KebenAnswered} */
      const detail = {
        ...{
          question: data.id,
          version: data.version,
          answer,
          score,
          state,
          certainty: question.certainty,
          hints: used,
        },
        ms: Math.round(performance.now() - since),
        at: new Date().toISOString(),
      };
      section.dispatchEvent(new CustomEvent("keben-graded", { bubbles: true, detail }));
    };

    /** @param {boolean} [quietly] */
    const reveal = (quietly) => {
      const answer = view.read();
      clear();
      full = true;
      display(answer);
      if (!quietly) announce(words(panel));
    };

    const retry = () => {
      clear();
      since = performance.now();
      all("input, select, textarea, .arrow", section)[0]?.focus();
    };

    const levels = [1, 2, 3].map((level) => {
      const box = make("input", { type: "radio", name: `${heading.id}-sure` });
      const text = make("span", {}, say(`sure_${level}`));
      const marks = { right: level, wrong: [0, -2, -6][level - 1] };
      if (certainty === "count") text.append(make("small", {}, say("sure_marks", marks)));
      sure.append(make("label", {}, box, text));
      return box;
    });
    sure.hidden = !certainty;

    /** @type {KebenQuestion} */
    const question = {
      data,
      section,
      heading,
      view,
      mode,
      check,
      judge,
      reveal,
      clear,
      get tries() {
        return tries;
      },
      get certainty() {
        return /** @type {any} */ (ticked(levels)[0] + 1) || null;
      },
      set certainty(level) {
        tick(levels, [(level || 0) - 1]);
      },
    };

    // Hints come one at a time, and are counted.
    hints.forEach((hint, at) => {
      hint.hidden = mode === "test" || at > 0;
      hint.ontoggle = () => {
        if (at < used || !hint.open) return;
        used = at + 1;
        if (hints[used]) hints[used].hidden = false;
      };
    });
    section.append(...hints, sure, actions, panel);
    section.classList.add("live");
    section.addEventListener("input", changed);
    section.addEventListener("keydown", (event) => {
      const field = /** @type {HTMLInputElement} */ (event.target);
      if (field.type !== "text" || event.key !== "Enter" || event.isComposing || question.mode === "test") return;
      event.preventDefault();
      check();
    });
    label();
    return question;
  };

  /**
   * A question of a bank file, whose links begin at the site's root.
   * @param {string} html
   */
  const fragment = (html) => {
    const box = make("div");
    box.innerHTML = html.replace(/ (href|src)="(?!#|\/|[a-z][a-z\d+.-]*:)/gi, ` $1="${keben.root}`);
    return /** @type {HTMLElement} */ (box.firstElementChild);
  };

  // A bank file hands its questions to keben.bank.
  /** @type {Record<string, KebenBanked[]>} */
  const banks = {};
  keben.bank = (module, questions) => {
    banks[module] = questions;
  };
  /** The questions of a module, fetched once. @param {string} module */
  const bank = async (module) => {
    await keben.load(`${keben.root}assets/course.js`);
    await keben.load(keben.root + keben.course?.banks[module]?.url);
    return banks[module] || [];
  };

  let queue = Promise.resolve();
  /** @type {KebenQuestions["keep"]} */
  const keep = (holder, attempt) => {
    queue = queue
      .then(async () => {
        const record = await keben.openRecord();
        await keben.load(`${keben.root}assets/course.js`).catch(() => {});
        holder.id ||= record.uuid();
        await record.add("attempts", { ...attempt(), id: holder.id, build: keben.course?.build || "" });
      })
      .catch(() => {});
    return queue;
  };

  keben.questions = { all, announce, bank, button, fragment, keep, make, mark, mount, say };

  // Outside a quiz page every question is practised where it stands; one visit is one attempt of the record.
  if (document.querySelector(".quiz[data-quiz]")) return;
  const started = new Date().toISOString();
  const visit = {};
  /** @type {KebenAnswered[]} */
  const answers = [];
  let [got, points] = [0, 0];
  for (const section of all(".question[data-question]", document)) {
    const question = mount(section);
    section.addEventListener("keben-graded", (/** @type {CustomEvent<KebenAnswered>} */ { detail }) => {
      if (question.tries > 1) return;
      answers.push(detail);
      if (detail.state !== "ungraded") {
        got += detail.score * question.data.points;
        points += question.data.points;
      }
      const page = document.body.dataset.page || "";
      const score = points ? got / points : null;
      const more = { purpose: null, passed: null, started, ended: detail.at };
      void keep(visit, () => ({ page, mode: "check", score, points, answers, ...more }));
    });
  }
})();
