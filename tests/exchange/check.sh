#!/usr/bin/env bash
# The exports of the shipped bank, read by programs that are not ours: a grammar of GIFT, a reader of Moodle XML, an
# implementation of QTI 2.1 that runs the grading, and Anki itself. Installs those of Python below target/.
#
#   tests/exchange/check.sh KEBEN    (the program, such as target/debug/keben)
#
# QTI's own schema may not be copied into a repository. Where KEBEN_QTI_SCHEMAS names a folder that holds
# imsqti_v2p1.xsd and what it imports, the items are validated against it as well; otherwise the last line says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ $# -eq 1 ] || { echo "usage: tests/exchange/check.sh KEBEN" >&2; exit 2; }
keben=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
venv=${CARGO_TARGET_DIR:-target}/exchange-venv
needed=tests/exchange/requirements.txt
if ! cmp -s "$needed" "$venv/installed-from"; then
    echo "installing the packages of $needed into $venv"
    python3 -m venv "$venv"
    if ! "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$needed"; then
        echo "check.sh: these packages cannot be had on this machine, so that the exports were not checked" >&2
        exit 1
    fi
    cp "$needed" "$venv/installed-from"
fi
node tests/exchange/check.mjs "$keben"
"$venv/bin/python" -W ignore tests/exchange/check.py "$keben"
