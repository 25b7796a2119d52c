#!/usr/bin/env bash
# Times dockerlite beside docker, skopeo and podman in one run and prints ratios against the budgets of the design.
#   bench.sh [BINARY [AREA…]]     areas are the files of scripts/bench; all by default
# Peers that are not installed are left out. Absolute times are this machine's; the ratios are what is kept.
set -euo pipefail
binary=$(realpath "${1:-.build/release/dockerlite}")
[ $# -eq 0 ] || shift
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/images.sh
. "$here/images.sh"
# shellcheck source=scripts/bench/harness.sh
. "$here/bench/harness.sh"
command -v hyperfine >/dev/null || { echo "make bench needs hyperfine: apt-get install hyperfine" >&2; exit 1; }

work=$(mktemp -d)
pids=()
cleanup() {
    [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work" 2>/dev/null || true
}
trap cleanup EXIT
start_registry "$work/registry"
pids+=("$REGISTRY_PID")
export DOCKER_CONFIG=$work/config
mkdir -p "$DOCKER_CONFIG"
echo "{}" >"$DOCKER_CONFIG/config.json"

echo "Starting the peers…" >&2
start_engine
[ $# -gt 0 ] || set -- pull listing removal transfer containers
heading
for area in "$@"; do
    [ -f "$here/bench/$area.sh" ] || { echo "bench: no area $area in scripts/bench" >&2; continue; }
    store=$work/store-$area
    # shellcheck disable=SC2034  # for the area
    ours="$binary --root $store"
    # shellcheck source=/dev/null
    . "$here/bench/$area.sh"
    rm -rf "$store"
done
