#!/usr/bin/env bash
# Times dockerlite beside docker, skopeo and podman in one run and prints ratios against the budgets of the design.
# Peers that are not installed are left out. Absolute times are this machine's; the ratios are what is kept.
set -euo pipefail
binary=$(realpath "${1:-.build/release/dockerlite}")
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/images.sh
. "$here/images.sh"
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
ours="$binary --root $work/store"

# start_engine: a docker engine of its own on a socket, when dockerd is installed and we are root; sets DOCKER.
start_engine() {
    DOCKER=
    command -v dockerd >/dev/null && [ "$(id -u)" -eq 0 ] || return 0
    dockerd --iptables=false --ip6tables=false --bridge=none --data-root "$work/engine" --exec-root "$work/exec" \
        --pidfile "$work/engine.pid" -H "unix://$work/docker.sock" >"$work/engine.log" 2>&1 &
    pids+=($!)
    for _ in $(seq 100); do
        docker -H "unix://$work/docker.sock" info >/dev/null 2>&1 && { DOCKER="docker -H unix://$work/docker.sock"; return; }
        sleep 0.2
    done
    echo "(dockerd did not start: its rows are left out)" >&2
}

# mean COMMAND [PREPARE]: the mean wall time in seconds of 5 runs after one warm-up.
mean() {
    hyperfine -N --warmup 1 --runs "${RUNS:-5}" ${2:+--prepare "$2"} --export-csv "$work/times.csv" "$1" >/dev/null 2>&1
    awk -F, 'NR == 2 { print $2 }' "$work/times.csv"
}

# row WORK OURS PEER_NAME PEER BUDGET: one line of the table; BUDGET is the largest ratio ours/peer allowed.
row() {
    awk -v work="$1" -v ours="$2" -v name="$3" -v peer="$4" -v budget="$5" 'BEGIN {
        ratio = ours / peer
        printf "%-34s %9.1f ms   %-14s %9.1f ms   %6.3f   %6.3f   %s\n", work, ours * 1000, name, peer * 1000, ratio, budget, \
            (ratio <= budget ? "kept" : "MISSED") }'
}

# sized_tar TAR DIR BYTES: files below DIR, in order of name, up to about BYTES.
sized_tar() {
    (cd "$2" && find . -type f -size -40M -printf '%s %p\n' | LC_ALL=C sort -k2 |
        awk -v most="$3" '{ sum += $1; if (sum > most) next; sub(/^[0-9]+ /, ""); print }') >"$work/list"
    tar --mtime=@1700000000 --owner=0 --group=0 --numeric-owner -cf "$1" -C "$2" -T "$work/list"
}

# make_images: big:1 is about 200 MB compressed in three layers out of this machine's /usr; small:1…10 are tiny.
make_images() {
    local layout=$work/layout a b c small number architecture
    architecture=$(dpkg --print-architecture)
    mkdir -p "$layout"
    sized_tar "$work/a.tar" /usr/lib/x86_64-linux-gnu 350000000
    sized_tar "$work/b.tar" /usr/share 220000000
    sized_tar "$work/c.tar" /usr/bin 250000000
    a=$(layer "$layout" "$work/a.tar")
    b=$(layer "$layout" "$work/b.tar")
    c=$(layer "$layout" "$work/c.tar")
    publish "$layout" big:1 "$MANIFEST" "$(image "$layout" "$architecture" 2026-01-01T00:00:00Z '{}' "$a"$'\n'"$b"$'\n'"$c")"
    for number in $(seq 10); do
        mkdir -p "$work/small$number"
        echo "$number" >"$work/small$number/number"
        reproducible_tar "$work/small.tar" "$work/small$number"
        small=$(layer "$layout" "$work/small.tar")
        publish "$layout" "small:$number" "$MANIFEST" \
            "$(image "$layout" "$architecture" "2026-01-01T00:00:0$((number % 10))Z" '{}' "$small")"
    done
}

# peak_memory COMMAND…: the largest resident set of the process, in MiB.
peak_memory() {
    "$@" >/dev/null 2>"$work/peak.err" &
    local pid=$! peak=0 now
    while now=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.01
    done
    wait "$pid" || true
    echo $((peak / 1024))
}

# wire COMMAND…: bytes that crossed the loopback device while the command ran.
wire() {
    local before after
    before=$(cat /sys/class/net/lo/statistics/rx_bytes)
    "$@" >/dev/null 2>&1 || true
    after=$(cat /sys/class/net/lo/statistics/rx_bytes)
    echo $((after - before))
}

echo "Making the images and starting the peers…" >&2
make_images
start_engine
big=$REGISTRY/big:1

printf '%-34s %12s   %-14s %12s   %6s   %6s\n' work ours peer peer ratio budget

version_ours=$(mean "$binary --version")
[ -z "$DOCKER" ] || row "--version" "$version_ours" docker "$(mean 'docker --version')" 0.5

fresh="rm -rf $work/store"
pull_ours=$(mean "$ours pull -q $big" "$fresh")
if [ -n "$DOCKER" ]; then
    row "cold pull, 200 MB" "$pull_ours" docker \
        "$(RUNS=3 mean "$DOCKER pull -q $big" "sh -c '$DOCKER rmi -f $big >/dev/null 2>&1 || true'")" 0.167
fi
row "cold pull, 200 MB" "$pull_ours" "skopeo to dir" \
    "$(mean "skopeo copy -q --src-tls-verify=false docker://$big dir:$work/dir" "rm -rf $work/dir")" 1.0
if command -v podman >/dev/null && [ "$(id -u)" -eq 0 ]; then
    podman="podman --root $work/podman --runroot $work/podman-run --storage-driver vfs"
    row "cold pull, 200 MB" "$pull_ours" podman \
        "$(RUNS=2 mean "$podman pull -q --tls-verify=false $big" "sh -c '$podman rmi -f $big >/dev/null 2>&1 || true'")" 1.0
fi
for number in $(seq 10); do
    $ours pull -q "$REGISTRY/small:$number" >/dev/null
    [ -z "$DOCKER" ] || $DOCKER pull -q "$REGISTRY/small:$number" >/dev/null
done
if [ -n "$DOCKER" ]; then
    row "re-pull, unchanged" "$(mean "$ours pull -q $big")" docker "$(mean "$DOCKER pull -q $big")" 1.0
    row "images, 11 images" "$(RUNS=20 mean "$ours images")" docker "$(RUNS=20 mean "$DOCKER images")" 0.5
fi

compressed=$(find "$work/layout/blobs" -type f -size +1M -printf '%s\n' | awk '{ sum += $1 } END { printf "%d", sum }')
echo
rm -rf "$work/store"
echo "peak memory of a cold pull: $(peak_memory "$binary" --root "$work/store" pull -q "$big") MiB (budget 64)"
rm -rf "$work/store"
echo "bytes on the wire, cold pull: $(wire "$binary" --root "$work/store" pull -q "$big") for $compressed bytes of layers"
echo "bytes on the wire, re-pull: $(wire "$binary" --root "$work/store" pull -q "$big")"
