#!/bin/sh
# Builds the search engine of the browser into themes/default/search/engine.wasm, and says what it weighs.
#
#   build.sh           writes the engine
#   build.sh --check   fails unless the committed engine is what the sources give
#
# The result is the same byte for byte wherever the repository and cargo's home lie: rust-toolchain.toml pins the
# compiler, Cargo.lock the libraries, the sources are laid out in one way for the build, and no path of the machine is
# left in it. wasm-opt is not used: its output depends on its version, no version is pinned by any toolchain file, and
# versions that distributions still ship cannot read what this compiler writes.
set -eu

crate=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$crate/../.." && pwd)
engine="$root/themes/default/search/engine.wasm"
target=${CARGO_TARGET_DIR:-$root/target}/engine
cargo_home=${CARGO_HOME:-$HOME/.cargo}

case "${1:-}" in
    '' | --check) ;;
    *) echo "usage: build.sh [--check]" >&2; exit 2 ;;
esac

cd "$root"
sysroot=$(rustc --print sysroot)
commit=$(rustc -vV | sed -n 's/^commit-hash: //p')

# A source of random numbers that always fails: nothing draws any, and the module imports nothing.
export CARGO_TARGET_DIR="$target"
export CARGO_ENCODED_RUSTFLAGS="--cfg
getrandom_backend=\"unsupported\"
--remap-path-prefix=$cargo_home/registry/src=/registry
--remap-path-prefix=$sysroot/lib/rustlib/src/rust=/rustc/$commit
--remap-path-prefix=$root=/keben"
CARGO_ENCODED_RUSTFLAGS=$(printf %s "$CARGO_ENCODED_RUSTFLAGS" | tr '\n' '\037')
cargo build --quiet --locked --release --target wasm32-unknown-unknown --manifest-path "$crate/Cargo.toml"
built="$target/wasm32-unknown-unknown/release/keben_search_wasm.wasm"

if [ "${1:-}" = --check ]; then
    if ! cmp -s "$built" "$engine"; then
        echo "themes/default/search/engine.wasm is not what its sources give; run crates/search-wasm/build.sh" >&2
        exit 1
    fi
else
    mkdir -p "$(dirname "$engine")"
    cp "$built" "$engine"
    chmod 644 "$engine"
fi

size() { "$@" <"$built" | wc -c; }
echo "engine.wasm: $(size cat) bytes, gzip $(size gzip -9)$(command -v brotli >/dev/null && echo ", brotli $(size brotli -c)")"
