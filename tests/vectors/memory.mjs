// Spaced review as the theme reckons it: the same stabilities and intervals as the reference implementation gave for
// the histories of memory.json (memory.py), the rating of an answer, what of a day counts, and that the engine in
// vendor/ is the released one.
//
//     node tests/vectors/memory.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const theme = new URL('../../themes/default/', import.meta.url);
const read = (path, from = theme) => readFileSync(new URL(path, from), 'utf8');

// The browser's copy of the engine is the released file, not one letter changed.
assert.ok(read('vendor/ts-fsrs.umd.js') === read('../../node_modules/ts-fsrs/dist/index.umd.js'), 'scripts/vendor.sh');
assert.ok(read('vendor/ts-fsrs.LICENSE.txt') === read('../../node_modules/ts-fsrs/LICENSE'), 'scripts/vendor.sh');
const module = { exports: {} };
new Function('exports', 'module', read('vendor/ts-fsrs.umd.js'))(module.exports, module);
const fsrs = module.exports;

await import('../../themes/default/scripts/memory.js');
const { rating, replay, histories, day, later, due } = globalThis.keben.memory;

// The reference implementation gives the same.
const at = (days, hour = 9) => new Date(2026, 0, 1 + days, hour).toISOString();
const { histories: vectors } = JSON.parse(read('memory.json', import.meta.url));
const close = (found, wanted) => Math.abs(found - wanted) <= 1e-5 * Math.max(1, wanted);
let reviews = 0;
for (const [place, rows] of vectors.entries()) {
  const given = rows.map(([days, grade]) => ({ at: at(days), rating: grade }));
  for (const [review, [days, , stability, difficulty, interval]] of rows.entries()) {
    const card = replay(fsrs, given.slice(0, review + 1));
    const where = `history ${place}, review ${review}`;
    assert.ok(close(card.stability, stability), `${where}: stability ${card.stability}, not ${stability}`);
    assert.ok(close(card.difficulty, difficulty), `${where}: difficulty ${card.difficulty}, not ${difficulty}`);
    assert.equal(card.interval, interval, `${where}: interval`);
    assert.equal(card.due, later(day(at(days)), interval), `${where}: due`);
    reviews += 1;
  }
}
assert.ok(reviews > 500);

// What an answer shows of memory.
const answer = { question: 'q', state: 'right', hints: 0, certainty: null, ms: 3000, at: at(0) };
const rated = (...changes) => changes.map((change) => rating({ ...answer, ...change }));
assert.deepEqual(rated({ state: 'wrong' }, { state: 'partly' }, { hints: 1 }, {}, { certainty: 3 }), [1, 2, 2, 3, 4]);
assert.deepEqual(rated({ certainty: 3, ms: 9000 }, { certainty: 2 }, { certainty: 3, hints: 2 }), [3, 3, 2]);
assert.equal(rating({ ...answer, state: 'ungraded' }), null);

// The first answer of a day counts; an answer in a review counts once, as its rating.
const attempts = [
  { mode: 'practice', answers: [{ ...answer, state: 'wrong' }, { ...answer, at: at(0, 10) }, { ...answer, at: at(2) }] },
  { mode: 'review', answers: [{ ...answer, at: at(5) }] },
];
const events = histories(attempts, [{ card: 'q', rating: 4, at: at(5) }]).get('q');
assert.deepEqual(events.map((one) => one.rating), [1, 3, 3, 4]);
const card = replay(fsrs, events);
assert.deepEqual([card.reps, card.lapses], [3, 0]);
assert.deepEqual(card, replay(fsrs, events.filter((_, place) => place !== 1)));

// Due is what is due today or before and does not rest.
const cards = { past: { due: '2026-01-01' }, now: { due: '2026-01-02' }, later: { due: '2026-01-03' }, rests: { due: '2026-01-01', off: true } };
assert.deepEqual(due(cards, '2026-01-02'), ['past', 'now']);
assert.equal(later('2026-02-27', 3), '2026-03-02');

console.log(`${reviews} reviews scheduled as the reference implementation does`);
