#!/usr/bin/env bash
# Licences, sources and known advisories of every dependency, as deny.toml allows them. Where the advisory database
# cannot be fetched, the rest is checked all the same, and the last line says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! cargo deny --version >/dev/null 2>&1; then
    echo "installing cargo-deny"
    # Its release profile would take minutes longer to compile and save no time here.
    cargo install cargo-deny --locked --debug --quiet
fi

checks=(advisories bans licenses sources)
mode=()
if ! cargo deny fetch db >/dev/null 2>&1; then
    checks=(bans licenses sources)
    mode=(--offline)
fi
for manifest in Cargo.toml crates/search-wasm/Cargo.toml; do
    # What is locked for other systems is looked at too, and has to be here where the check may not fetch it.
    cargo fetch --locked --quiet --manifest-path "$manifest"
    cargo deny "${mode[@]}" --manifest-path "$manifest" --workspace --locked --log-level error --config deny.toml \
        check "${checks[@]}"
done
if [ ${#mode[@]} -gt 0 ]; then
    echo "advisories were not checked: their database could not be fetched"
fi
