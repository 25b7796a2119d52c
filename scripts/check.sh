#!/usr/bin/env bash
# House rules that no compiler keeps: sizes of files and functions, licence lines, words that mark unfinished work.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0
fail() { echo "check: $1" >&2; status=1; }

while read -r lines file; do
    [ "$lines" -le 500 ] || fail "$file has $lines lines; no file over 500 (split it by verb: Type+Verb.swift)"
done < <(git ls-files 'Sources/*.swift' 'Tests/*.swift' | xargs -r wc -l | grep -v ' total$')

for file in $(git ls-files 'Sources/*.swift' 'Tests/*.swift'); do
    head -n 1 "$file" | grep -q '^// SPDX-License-Identifier: Apache-2.0$' || fail "$file lacks the SPDX line"
done

long=$(git ls-files 'Sources/*.swift' | xargs -r awk -f scripts/long-functions.awk)
[ -z "$long" ] || fail "functions over 60 lines:
$long"

words=$(git grep -n -E 'try!|fatalError\(|as! |TODO|FIXME|\bXXX\b' -- 'Sources/*.swift' || true)
[ -z "$words" ] || fail "words that mark a trap or unfinished work:
$words"

foundation=$(git grep -n -E '^(public |internal |package )?import Foundation$' -- 'Sources/*.swift' || true)
[ -z "$foundation" ] || fail "import FoundationEssentials instead of Foundation:
$foundation"

if command -v shellcheck >/dev/null; then shellcheck scripts/*.sh scripts/bench/*.sh .ci/run || status=1; fi
exit "$status"
