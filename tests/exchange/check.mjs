// The whole shipped bank as GIFT, read by a grammar that is not ours (gift-pegjs) and compared, question by question,
// with the keys by which the built pages grade.
//
//   node tests/exchange/check.mjs KEBEN    (the program, such as target/debug/keben)
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import gift from "gift-pegjs";

const keben = process.argv[2];
assert(keben, "usage: node tests/exchange/check.mjs KEBEN");
const run = (...args) =>
  execFileSync(keben, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });

const folder = mkdtempSync(join(tmpdir(), "keben-gift-"));
try {
  run("build", "--quiet", "--today", "2026-11-25", "-o", join(folder, "site"));
  const questions = published(join(folder, "site"));
  const parsed = gift.parse(run("export", "gift", "--today", "2026-11-25"));
  const asked = parsed.filter((one) => one.type !== "Category");
  assert(questions.size > 100, `only ${questions.size} questions are published`);
  assert(asked.length > questions.size / 2, `only ${asked.length} of ${questions.size} questions are in the file`);
  const seen = new Set();
  for (const one of asked) {
    const question = questions.get(one.id);
    assert(question, `${one.id} is not on any page`);
    assert(!seen.has(one.id), `${one.id} is there twice`);
    seen.add(one.id);
    compare(one, question.key);
  }
  // What is left out is what GIFT has no type for.
  for (const [id, { key }] of questions) {
    const several = key.type === "blanks" && key.blanks.length > 1;
    const columns = key.type === "classify" && key.right.some((right) => right.length !== 1);
    const none = key.type === "ordering" || key.type === "survey" || several || columns;
    assert.equal(seen.has(id), !none, `${id} (${key.type})`);
  }
  console.log(`GIFT: ${asked.length} of ${questions.size} questions read by gift-pegjs, each with the right answers`);
} finally {
  rmSync(folder, { recursive: true });
}

/** The keys of all questions in the built pages, by id. */
function published(site) {
  const found = new Map();
  for (const name of readdirSync(site, { recursive: true })) {
    if (!name.endsWith(".html")) continue;
    const html = readFileSync(join(site, name), "utf8");
    for (const [, attribute] of html.matchAll(/data-question='([^']*)'/g)) {
      const text = attribute.replaceAll("&lt;", "<").replaceAll("&#39;", "'").replaceAll("&amp;", "&");
      const question = JSON.parse(text);
      if (question.key.type !== "card") found.set(question.id, question);
    }
  }
  return found;
}

/** Fails where what the grammar read would grade otherwise than the page. */
function compare(one, key) {
  const at = `${one.id} (${key.type})`;
  switch (key.type) {
    case "choice":
      if (key.trueFalse) {
        assert.equal(one.type, "TF", at);
        return;
      }
      assert.equal(one.type, "MC", at);
      assert.equal(one.choices.length, key.shares.length, at);
      one.choices.forEach((choice, nth) => {
        const right = key.shares.filter((share) => share === 100).length;
        const share = choice.isCorrect ? 100 : (choice.weight ?? 0);
        if (!key.multiple) assert.equal(share, key.shares[nth], at);
        else assert(Math.abs(share - (key.shares[nth] === 100 ? 100 : -100) / right) < 0.001, at);
        assert(choice.text.text.trim(), `${at}: an option is empty`);
      });
      return;
    case "blanks": {
      const [blank] = key.blanks;
      if (blank.texts) {
        assert.equal(one.type, "Short", at);
        assert.equal(one.choices.length, blank.texts.length, at);
      } else if (blank.numbers) {
        assert.equal(one.type, "Numerical", at);
        const given = Array.isArray(one.choices) ? one.choices.map((choice) => choice.text) : [one.choices];
        given.forEach((number, nth) => {
          const { min, max } = blank.numbers[nth];
          const [low, high] = bounds(number);
          assert(Math.abs(low - min) < 1e-6 && Math.abs(high - max) < 1e-6, `${at}: ${low}..${high}`);
        });
      } else {
        assert.equal(one.type, "MC", at);
        assert.equal(one.choices.length, blank.choices, at);
        assert.equal(one.choices.findIndex((choice) => choice.isCorrect), blank.right, at);
      }
      return;
    }
    case "matching":
      assert.equal(one.type, "Matching", at);
      assert.equal(one.matchPairs.filter((pair) => pair.subquestion.text).length, key.right.length, at);
      assert.equal(new Set(one.matchPairs.map((pair) => pair.subanswer)).size, key.choices, at);
      return;
    case "classify":
      assert.equal(one.type, "Matching", at);
      assert.equal(one.matchPairs.filter((pair) => pair.subquestion.text).length, key.right.length, at);
      return;
    case "open":
      assert.equal(one.type, "Essay", at);
      return;
    default:
      assert.fail(`${at} has no type in GIFT`);
  }
}

/** The ends of a number as the grammar tells it. */
function bounds(number) {
  if (number.type === "high-low") return [number.numberLow, number.numberHigh];
  if (number.type === "range") return [number.number - number.range, number.number + number.range];
  return [number.number, number.number];
}
