// The theme's grader gives what tests/vectors/grading.json says, as the generator's own does, and shuffles by a seed.
//
//     node tests/vectors/grading.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

await import('../../themes/default/scripts/grading.js');
const { grade, certaintyMark, random, shuffle } = globalThis.keben.grading;
const cases = JSON.parse(readFileSync(new URL('grading.json', import.meta.url), 'utf8'));

const close = (found, wanted) => Math.abs(found - wanted) < 1e-9;
const wrong = [];
for (const { name, key, answer, certainty, outcome, mark } of cases) {
  const found = grade(key, answer);
  const { score, ...rest } = outcome;
  const { score: foundScore, ...foundRest } = found;
  try {
    assert.ok(close(foundScore, score), `score ${foundScore}, not ${score}`);
    assert.deepEqual(foundRest, rest);
    if (mark !== undefined) {
      const given = certaintyMark(foundScore, certainty);
      assert.ok(close(given, mark), `mark ${given}, not ${mark}`);
    }
  } catch (error) {
    wrong.push(`${name}: ${error.message}`);
  }
}
assert.deepEqual(wrong, []);
assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, 'every case has a name of its own');

// A paper that is opened again is the same paper; another seed is another one; nothing is lost.
const items = Array.from({ length: 40 }, (_, at) => at);
const once = shuffle(items, random(7));
assert.deepEqual(shuffle(items, random(7)), once);
assert.notDeepEqual(shuffle(items, random(8)), once);
assert.deepEqual([...once].sort((a, b) => a - b), items);
const firsts = Array.from({ length: 400 }, (_, seed) => shuffle([0, 1, 2, 3], random(seed))[0]);
for (const item of [0, 1, 2, 3]) {
  const share = firsts.filter((first) => first === item).length / firsts.length;
  assert.ok(share > 0.15 && share < 0.35, `item ${item} comes first in ${share} of the papers`);
}
console.log(`${cases.length} answers graded as the vectors say`);
