#!/usr/bin/env bash
# static-libraries.sh DIR: fills DIR, the first that the linker looks into, with links to the static libraries that stand
# in for shared ones. One that isn't installed is left out, and the shared one is used.
set -euo pipefail
directory=$1
mkdir -p "$directory"
for library in libstdc++.a libz.a; do
    # A compiler that doesn't find it answers with the bare name.
    path=$(clang -print-file-name=$library 2>/dev/null || cc -print-file-name=$library)
    [ ! -f "$path" ] || ln -sfn "$(realpath "$path")" "$directory/$library"
done
