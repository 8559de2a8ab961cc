#!/usr/bin/env bash
# Copies the libraries that the theme ships from the npm packages that package-lock.json pins, as released, with their
# licences. tests/vectors/memory.mjs fails when a copy differs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh
cp node_modules/ts-fsrs/dist/index.umd.js themes/default/vendor/ts-fsrs.umd.js
cp node_modules/ts-fsrs/LICENSE themes/default/vendor/ts-fsrs.LICENSE.txt
