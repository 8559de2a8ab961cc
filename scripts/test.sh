#!/usr/bin/env bash
# Runs every test, on a fresh machine too: installs what is absent, then tests the generator, its search, the browser's
# engine, the theme's scripts, and the shipped site in a real browser. Ends with an error if anything fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

step "What the tests need"
scripts/setup.sh
echo "ready"

step "Scripts of the theme: format, lint, types"
npm run --silent check:js

step "Grading in the browser"
node tests/vectors/grading.mjs

step "Spaced review"
node tests/vectors/memory.mjs

step "Scenarios in the browser"
node tests/vectors/scenario.mjs

step "The browser's engine"
node crates/search-wasm/test.mjs

step "Examples in the documentation of the code"
cargo test --workspace --locked --doc

step "The question bank in other programs"
# Built as the tests below build it, so that nothing is compiled twice.
cargo test --workspace --locked --lib --bins --tests --no-run
tests/exchange/check.sh "${CARGO_TARGET_DIR:-target}/debug/keben"

step "The generator, its search, and the shipped site in Chromium"
cargo test --workspace --locked --lib --bins --tests
