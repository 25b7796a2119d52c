#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET…]: coverage-guided fuzzing (libFuzzer) of parsers that compile without other modules. Needs a
# toolchain with -sanitize=fuzzer (Swift on Linux has it). The corpus stays in .build/fuzz, a crash input as well.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: fuzz.sh SECONDS [TARGET…]}
shift
[ $# -gt 0 ] || set -- template toml challenge
mkdir -p .build/fuzz
for target in "$@"; do
    case $target in
    template) pattern='Sources/GoTemplate/*.swift' ;;
    toml) pattern='Sources/RegistryClient/TOML/*.swift' ;;
    challenge) pattern='Sources/RegistryClient/Auth/AuthChallenge*.swift' ;;
    *) echo "fuzz: no target $target" >&2; exit 1 ;;
    esac
    mapfile -t sources < <(git ls-files "$pattern")
    swiftc -O -swift-version 6 -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
        -enable-upcoming-feature MemberImportVisibility -sanitize=fuzzer -parse-as-library -module-name "Fuzz_$target" \
        "${sources[@]}" "Tests/Fuzz/$target.swift" -o ".build/fuzz/$target"
    mkdir -p ".build/fuzz/corpus-$target"
    echo "fuzz: $target for $seconds s"
    ".build/fuzz/$target" -max_total_time="$seconds" -timeout=2 -max_len=2000 -print_final_stats=1 \
        -artifact_prefix=".build/fuzz/$target-" ".build/fuzz/corpus-$target" 2>&1 | grep -E 'DONE|ERROR|SUMMARY|stat::number' || true
    [ -z "$(find .build/fuzz -name "$target-crash*" -o -name "$target-timeout*")" ] || { echo "fuzz: $target: see .build/fuzz" >&2; exit 1; }
done
