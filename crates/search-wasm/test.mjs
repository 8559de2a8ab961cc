// The committed engine answers every query exactly as the native one does, and survives what no page should send it.
//
//     node crates/search-wasm/test.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'keben-twin-'));
try {
  const twin = ['run', '--quiet', '-p', 'keben-search-core', '--example', 'twin', '--', folder];
  execFileSync('cargo', twin, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const read = (name) => readFileSync(join(folder, name));

  const module = new WebAssembly.Module(readFileSync(join(root, 'themes/default/search/engine.wasm')));
  assert.deepEqual(WebAssembly.Module.imports(module), [], 'the engine imports nothing');
  const wasm = new WebAssembly.Instance(module).exports;

  const call = (name, bytes) => {
    const at = wasm.alloc(bytes.length);
    new Uint8Array(wasm.memory.buffer).set(bytes, at);
    const good = Boolean(wasm[name](at, bytes.length));
    const answer = new Uint8Array(wasm.memory.buffer, wasm.answer(), wasm.answer_length());
    return { good, text: new TextDecoder().decode(answer) };
  };
  const search = (query) => call('search', new TextEncoder().encode(JSON.stringify(query)));

  assert.match(search({ text: '投诉' }).text, /no index/);
  assert.match(call('open', new Uint8Array(0)).text, /not a search index/);
  assert.match(call('open', read('bundle').subarray(0, 1000)).text, /not a search index/);
  assert.equal(call('open', read('bundle')).good, true);
  assert.equal(call('search', new TextEncoder().encode('{')).good, false);

  const queries = JSON.parse(read('queries.json'));
  const results = JSON.parse(read('results.json'));
  const begun = performance.now();
  const answers = queries.map((query) => search(query).text);
  const each = (performance.now() - begun) / queries.length;
  answers.forEach((answer, index) => assert.deepEqual(JSON.parse(answer), results[index], queries[index].text));
  console.log(`${queries.length} answers equal to the native ones, ${each.toFixed(2)} ms each`);
} finally {
  rmSync(folder, { recursive: true });
}
