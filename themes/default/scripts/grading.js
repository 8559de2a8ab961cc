// Grading: what an answer is worth. tests/vectors/grading.json says it in cases, which this file and the generator's own
// grader both run. Nothing here knows of pages, so Node can load it too.
//
// An answer that none of our pages gives (no list, out of range, of another length) counts as no answer.
(() => {
  "use strict";

  /**
   * Full and half width are one, so are capitals and small letters, and the pairs in `fold`: 業业 reads 業 as 业.
   * @param {string} text
   * @param {string} [fold]
   */
  const plain = (text, fold = "") => {
    const pairs = [...fold];
    /** @type {Map<string, string>} */
    const folded = new Map();
    for (let at = 0; at + 1 < pairs.length; at += 2) folded.set(pairs[at], pairs[at + 1]);
    return [...text.normalize("NFKC").toLowerCase()].map((char) => folded.get(char) ?? char).join("");
  };

  /**
   * What a text is compared as: without spaces, punctuation and signs, unless it is nothing else.
   * @param {string} text
   * @param {string} [fold]
   */
  const normalise = (text, fold) => {
    const all = plain(text, fold);
    return all.replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, "") || all;
  };

  const DIGITS = "零一二三四五六七八九";
  const UNITS = Object.entries({ 亿: 1e8, 万: 1e4, 千: 1000, 百: 100, 十: 10 });
  /** Other ways to write them, in pairs. */
  const VARIANTS = "〇零两二兩二萬万億亿點点負负";
  /** @type {Record<string, number>} */
  const PARTS = { 百: 100, "%": 100, 千: 1000, "‰": 1000, 万: 1e4, "‱": 1e4 };

  /** @param {string} text */
  const figures = (text) => [...text].map((char) => DIGITS.indexOf(char)).join("");

  /**
   * A whole number in Chinese, NaN if it is none. 一百零五 is 105, 一百五 is 150, and 二零二六, figure by figure, 2026;
   * but figures do not stand beside units: 二三十 is no number.
   * @param {string} text
   * @param {boolean} [inner]
   * @returns {number}
   */
  const spoken = (text, inner) => {
    for (const [unit, size] of UNITS) {
      const at = text.indexOf(unit);
      if (at < 0) continue;
      const many = at ? spoken(text.slice(0, at), true) : 1;
      const right = text.slice(at + 1);
      const last = right ? spoken(right.replace(/^零+/, ""), true) : 0;
      const rest = right.length === 1 && size > 10 ? (last * size) / 10 : last;
      const good = many > 0 && (many < 10 || size >= 1e4) && rest < size && (rest > 0 || !right);
      return good ? many * size + rest : Number.NaN;
    }
    return text && !(inner && text.length > 1) ? Number(figures(text)) : Number.NaN;
  };

  const ARABIC = /^(\d+|\d{1,3}(?:[, ]\d{3})+|(?=\.))(\.\d+)? ?([十百千万亿]*)$/;
  const CHINESE = /^([零一二三四五六七八九十百千万亿]+)(?:点([零一二三四五六七八九]+)([十百千万亿]*))?$/;

  /**
   * A number in figures, in Chinese or in both (1.5万); NaN if anything else stands there.
   * @param {string} text
   */
  const number = (text) => {
    const arabic = ARABIC.exec(text);
    const chinese = CHINESE.exec(text);
    let value = Number.NaN;
    if (arabic) value = Number(arabic[1].replace(/[, ]/g, "") + (arabic[2] || ""));
    else if (chinese) value = Number(`${spoken(chinese[1])}.${figures(chinese[2] || "零")}`);
    for (const [unit, size] of UNITS) {
      for (const char of (arabic || chinese)?.[3] || "") if (char === unit) value *= size;
    }
    return value;
  };

  /**
   * The number that a learner wrote, in percent where the blank asks for percent.
   * @param {string} text
   * @param {KebenBlank} blank
   * @param {string} [fold]
   */
  const read = (text, blank, fold) => {
    /** @param {string} one */
    const form = (one) => plain(plain(one, fold), VARIANTS).trim();
    let rest = form(text);
    const units = (blank.units || []).map(form).filter((unit) => unit && rest.endsWith(unit));
    const unit = units.sort((a, b) => b.length - a.length)[0];
    if (unit) rest = rest.slice(0, -unit.length).trim();
    const [, sign, before, body, after] = /^([+\-−负]?) ?(?:([百千万])分之 ?)?(.*?) ?([%‰‱]?)$/.exec(rest) || [];
    if (body === undefined || (before && after)) return Number.NaN;
    const parts = PARTS[before || after];
    const value = (number(body) * (blank.percent && parts ? 100 : 1)) / (parts || 1);
    return /[-−负]/.test(sign) ? -value : value;
  };

  /**
   * @param {KebenBlank} blank
   * @param {unknown} answer
   * @param {string} [fold]
   */
  const fills = (blank, answer, fold) => {
    if (blank.choices) return answer === blank.right;
    if (typeof answer !== "string") return false;
    if (blank.texts) return blank.texts.includes(normalise(answer, fold) || " ");
    const value = read(answer, blank, fold);
    /** @param {number} bound */
    const slack = (bound) => 1e-9 * Math.max(1, Math.abs(bound));
    return (blank.numbers || []).some(({ min, max }) => value >= min - slack(min) && value <= max + slack(max));
  };

  /**
   * A list of `length` values, or as many times nothing.
   * @param {unknown} answer
   * @param {number} length
   * @returns {unknown[]}
   */
  const list = (answer, length) =>
    Array.isArray(answer) && answer.length === length ? answer : new Array(length).fill(null);

  /**
   * Different numbers below `limit`, or none.
   * @param {unknown} answer
   * @param {number} limit
   * @returns {number[]}
   */
  const numbers = (answer, limit) => {
    const good = (/** @type {unknown} */ one) => Number.isInteger(one) && Number(one) >= 0 && Number(one) < limit;
    return Array.isArray(answer) && answer.every(good) && new Set(answer).size === answer.length ? answer : [];
  };

  /**
   * The share of the points and what of the answer is right, part by part.
   * @param {KebenKey} key
   * @param {any} answer
   * @returns {[number, boolean[]]}
   */
  const judge = (key, answer) => {
    /** @param {boolean[]} parts @returns {[number, boolean[]]} */
    const mean = (parts) => [parts.filter(Boolean).length / (parts.length || 1), parts];
    switch (key.type) {
      case "choice": {
        const chosen = numbers(answer, key.shares.length);
        const parts = key.shares.map((share, at) => chosen.includes(at) === (share === 100));
        if (!key.multiple) return [chosen.length === 1 ? key.shares[chosen[0]] / 100 : 0, parts];
        const right = key.shares.filter((share) => share === 100).length;
        const good = chosen.filter((at) => key.shares[at] === 100).length;
        return [Math.max(0, (2 * good - chosen.length) / (right || 1)), parts];
      }
      case "blanks": {
        const filled = list(answer, key.blanks.length);
        return mean(key.blanks.map((blank, at) => fills(blank, filled[at], key.fold)));
      }
      case "ordering": {
        const order = numbers(answer, key.count);
        const whole = order.length === key.count;
        const pairs = order.filter((item, at) => at && item === order[at - 1] + 1).length;
        const parts = Array.from({ length: key.count }, (_, at) => whole && order[at] === at);
        return [whole ? pairs / Math.max(1, key.count - 1) : 0, parts];
      }
      case "matching": {
        const rows = list(answer, key.right.length);
        return mean(key.right.map((right, row) => rows[row] === right));
      }
      case "classify": {
        const rows = list(answer, key.right.length);
        return mean(
          key.right.map((right, row) => {
            const columns = numbers(rows[row], key.columns);
            return columns.length === right.length && right.every((column) => columns.includes(column));
          }),
        );
      }
      case "open": {
        const parts = list(answer?.met, key.criteria.length).map((met) => met === true);
        const sum = (/** @type {number[]} */ points) => points.reduce((total, one) => total + one, 0);
        return [sum(key.criteria.filter((_, at) => parts[at])) / sum(key.criteria), parts];
      }
      default:
        return [0, []];
    }
  };

  /**
   * Whether an answer can be right: an open one only where there are criteria to judge it by.
   * @param {KebenKey} key
   */
  const isGraded = (key) =>
    key.type === "open" ? key.criteria.some((points) => points > 0) : key.type !== "survey" && key.type !== "card";

  /**
   * @param {KebenKey} key
   * @param {unknown} answer
   * @returns {KebenOutcome}
   */
  const grade = (key, answer) => {
    if (!isGraded(key)) return { score: 0, state: "ungraded", parts: [] };
    const [score, parts] = judge(key, answer);
    return { score, state: score > 1 - 1e-9 ? "right" : score < 1e-9 ? "wrong" : "partly", parts };
  };

  /**
   * Marks by how sure the learner was, for each point (A. R. Gardner-Medwin): a guess costs nothing, conceit does. Who
   * did not say is taken to be unsure.
   * @param {number} score
   * @param {number | null} [level]
   */
  const certaintyMark = (score, level) => {
    const right = level === 2 || level === 3 ? level : 1;
    return score * right + (1 - score) * [0, -2, -6][right - 1];
  };

  /**
   * The same numbers from 0 to 1 for the same seed (mulberry32).
   * @param {number} seed
   */
  const random = (seed) => {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  };

  /**
   * A list in another order.
   * @template T
   * @param {readonly T[]} items
   * @param {() => number} next
   */
  const shuffle = (items, next) => {
    const mixed = [...items];
    for (let at = mixed.length - 1; at > 0; at -= 1) {
      const other = Math.floor(next() * (at + 1));
      [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
    }
    return mixed;
  };

  const keben = Object.assign(globalThis.keben || {}, {
    grading: { grade, normalise, read, certaintyMark, random, shuffle },
  });
  globalThis.keben = keben;
})();
