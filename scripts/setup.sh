#!/usr/bin/env bash
# Installs what building and testing need and this machine does not have: a compiler for the browser's engine, Node.js,
# Java for the HTML validator, Python for the readers of exports, Chromium, and a Chinese typeface for it. Written for
# Debian and Ubuntu; what is there already is left alone, so that a second run does nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m%s\033[0m\n' "setup: $*"; }
stop() { printf '%s\n' "setup: $*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# The system's packages: `need PACKAGE COMMAND…` notes the package unless one of the commands works.
packages=()
need() {
    local package=$1 probe
    shift
    for probe in "$@"; do
        if eval "$probe" >/dev/null 2>&1; then return; fi
    done
    packages+=("$package")
}
need build-essential "has cc"
need nodejs "has node"
need npm "has npm"
need default-jre-headless "java -version"
need python3-venv "python3 -c 'import ensurepip, venv'"
need chromium "has chromium" "has chromium-browser" "has google-chrome-stable" "has google-chrome" "test -x \"\${CHROME:-}\""
need fontconfig "has fc-list"
need fonts-noto-cjk "fc-list ':lang=zh-cn' family | grep -q ."
if [ ${#packages[@]} -gt 0 ]; then
    has apt-get || stop "please install ${packages[*]}: this machine has no apt-get"
    admin=()
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || stop "please install ${packages[*]} as root"
        admin=(sudo)
    fi
    say "installing ${packages[*]}"
    "${admin[@]}" apt-get update -q
    "${admin[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${packages[@]}"
fi

# The compiler that rust-toolchain.toml pins, with its target for the browser and the tools that check the code.
has cargo || stop "Rust is missing: see https://rustup.rs"
if has rustup; then
    version=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
    target=$(sed -n 's/^targets = \["\(.*\)"\]/\1/p' rust-toolchain.toml)
    if ! rustup run "$version" rustc --version >/dev/null 2>&1; then
        say "installing Rust $version"
        rustup toolchain install "$version" --profile minimal --no-self-update
    fi
    parts=$(rustup component list --toolchain "$version" --installed)
    for part in clippy rustfmt; do
        grep -q "^$part" <<<"$parts" || rustup component add --toolchain "$version" "$part"
    done
    if ! rustup target list --toolchain "$version" --installed | grep -qx "$target"; then
        say "installing Rust's target $target"
        rustup target add --toolchain "$version" "$target"
    fi
fi

# What the checks of the theme's scripts and of the built pages use, as package-lock.json pins it.
if ! cmp -s package-lock.json node_modules/.installed-from; then
    say "installing the packages of package-lock.json"
    npm ci --ignore-scripts --no-audit --no-fund
    cp package-lock.json node_modules/.installed-from
fi
