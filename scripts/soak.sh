#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# soak.sh BINARY SECONDS PROCESSES IMAGE…: many processes pull, tag, list, save, prune and remove in one store at once.
#
# Fails when a command says anything but that an image is gone, that a name changed hands or that a prune is running
# (what others did meanwhile), when the store doesn't check clean, or when it holds more at the end than at the start.
set -u
binary=$(realpath "$1") seconds=$2 processes=$3
shift 3
images=("$@")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOCKERLITE_ROOT=$work/store
expected='No such image|reference does not exist|a prune operation is already running|image is referenced in multiple'

# attempt COMMAND…: runs one command and notes what it should not have said.
attempt() {
    local text
    if ! text=$("$binary" "$@" 2>&1 >/dev/null); then
        grep -Ev "$expected" <<<"$text" | sed "s|^|$*: |" >>"$work/errors"
        echo refused >>"$work/refused.$worker"
    fi
    echo "$1 $2" >>"$work/done.$worker"
}

work_until() {
    local worker=$1 end=$2 image name
    while [ "$SECONDS" -lt "$end" ]; do
        image=${images[RANDOM % ${#images[@]}]}
        name=soak:$((RANDOM % 4))
        case $((RANDOM % 9)) in
        0 | 1) attempt pull -q "$image" ;;
        2) attempt tag "$image" "$name" ;;
        3) attempt rmi "$name" ;;
        4) attempt rmi -f "$image" ;;
        5) attempt image prune -f ;;
        6) attempt image prune -a -f --except 'soak' ;;
        7) attempt images -a ;;
        8) attempt save -o "$work/saved.$worker" "$image" ;;
        esac
    done
}

bytes() { du -sb --exclude='catalog.db*' "$DOCKERLITE_ROOT" | cut -f1; }

"$binary" images >/dev/null
baseline=$(bytes)
end=$((SECONDS + seconds))
for number in $(seq "$processes"); do work_until "$number" "$end" & done
wait
"$binary" system check --deep || echo "the store is not sound" >>"$work/errors"
echo "commands: $(cat "$work"/done.* | wc -l), refused for what others did: $(cat "$work"/refused.* 2>/dev/null | wc -l)"
cat "$work"/done.* | sort | awk '{ print $1 }' | uniq -c | awk '{ printf "%s %s  ", $2, $1 } END { print "" }'
"$binary" images -aq | sort -u | xargs -r "$binary" rmi -f >/dev/null 2>>"$work/errors"
"$binary" system check --repair >/dev/null
after=$(bytes)
echo "bytes in the store before $baseline, after the last rmi $after"
[ "$after" -le "$((baseline + 65536))" ] || echo "the store has grown: $(find "$DOCKERLITE_ROOT" -size +8k)" >>"$work/errors"
if [ -s "$work/errors" ]; then
    echo "errors:" >&2
    sort "$work/errors" | uniq -c | sort -rn | head -20 >&2
    exit 1
fi
