#!/usr/bin/env bash
# How long a build takes, how much memory at its peak, and how large its output is: the shipped course, 1,000 pages and
# 10,000 pages; then the same again with nothing changed. Medians of five runs (three for 10,000 pages).
#
#   benches/build.sh            writes a table to standard output
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
keben="${CARGO_TARGET_DIR:-target}/release/keben"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

# one NAME SITE RUNS: builds SITE so often and prints a row.
one() {
  local name=$1 site=$2 runs=$3 out="$work/out" times="$work/times" again="$work/again"
  : > "$times"; : > "$again"
  for _ in $(seq "$runs"); do
    rm -rf "$out"
    /usr/bin/time -a -o "$times" -f '%e %M' "$keben" build --site "$site" -o "$out" --quiet
    /usr/bin/time -a -o "$again" -f '%e %M' "$keben" build --site "$site" -o "$out" --quiet
  done
  local seconds peak unchanged size
  seconds=$(cut -d' ' -f1 "$times" | median)
  peak=$(cut -d' ' -f2 "$times" | median)
  unchanged=$(cut -d' ' -f1 "$again" | median)
  size=$(du -sb "$out" | cut -f1)
  printf '| %s | %s s | %d MB | %s s | %d MB |\n' "$name" "$seconds" $((peak / 1024)) "$unchanged" $((size / 1000000))
}

echo '| site | build | peak memory | nothing changed | output |'
echo '| --- | --: | --: | --: | --: |'
one 'shipped course' . 5
for pages in 1000 10000; do
  cargo bench --quiet --bench repeat -- "$work/$pages" "$pages" > /dev/null
  one "$pages pages" "$work/$pages" "$([ "$pages" = 1000 ] && echo 5 || echo 3)"
  rm -rf "${work:?}/$pages"
done
ls -l "$keben" | awk '{ printf "\nrelease binary: %.1f MB\n", $5 / 1e6 }'
