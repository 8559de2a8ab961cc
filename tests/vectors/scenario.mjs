// The theme's player goes where tests/vectors/scenario.json says, as the generator's explorer does.
//
//     node tests/vectors/scenario.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

await import('../../themes/default/scripts/walk.js');
const { start, offered, step } = globalThis.keben.walk;
const cases = JSON.parse(readFileSync(new URL('scenario.json', import.meta.url), 'utf8'));

let steps = 0;
for (const { name, data, start: first, states } of cases) {
  assert.deepEqual(start(data), first, `${name}: the start`);
  for (const { state, offered: wanted, steps: ways } of states) {
    const before = structuredClone(state);
    assert.deepEqual(offered(data, state), wanted, `${name}: offered at ${JSON.stringify(state)}`);
    for (const { choice, ...after } of ways) {
      assert.deepEqual(step(data, state, choice), after, `${name}: ${choice} at ${JSON.stringify(state)}`);
      steps += 1;
    }
    assert.deepEqual(state, before, `${name}: a step leaves the state behind it alone`);
  }
}
assert.ok(steps > 40, 'there is something to go by');
console.log(`${cases.length} scenarios, ${steps} steps`);
