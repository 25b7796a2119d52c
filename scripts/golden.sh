#!/usr/bin/env bash
# Records a transcript: runs each command line of TRANSCRIPT again and prints the new transcript.
#   golden.sh TRANSCRIPT [DOCKER]      DOCKER is what runs for `docker`, with the options before the command
# A transcript has `$ docker …` lines, each followed by standard output, standard error with `2> ` before each line, and
# `[exit N]`; `[no newline]` tells of output that ends without one, and `# now N` is the clock of the recording.
set -euo pipefail
transcript=$1
command=${2:-docker}
error=$(mktemp)
trap 'rm -f "$error"' EXIT

# shown: standard input, and a mark when its last line has no newline.
shown() {
    awk -v prefix="$1" '{ print prefix $0 }'
}

while IFS= read -r line; do
    case $line in
    '# now '*) echo "# now $(date +%s)" ;;
    '#'*) echo "$line" ;;
    '$ docker '*)
        echo "$line"
        status=0
        output=$(bash -c "$command ${line#\$ docker }" 2>"$error" </dev/null; status=$?; printf x; exit "$status") || status=$?
        output=${output%x}
        printf %s "$output" | shown ''
        [ -z "$output" ] || [ "${output: -1}" = $'\n' ] || echo '[no newline]'
        shown '2> ' <"$error"
        echo "[exit $status]"
        ;;
    esac
done <"$transcript"
