#!/usr/bin/env bash
# Writes pictures of every kind of page, on a desk, in the dark and on phones, and of the search, into a folder.
#
#   scripts/tour.sh DIR
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ $# -eq 1 ] || { echo "usage: scripts/tour.sh DIR" >&2; exit 2; }
mkdir -p "$1"
KEBEN_TOUR=$(cd "$1" && pwd) cargo test --locked -p keben-browser-tests --test browser -- tour
