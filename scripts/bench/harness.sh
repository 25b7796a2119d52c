# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # given to the areas, or set by bench.sh
# What the areas of the bench share. An area is a file of this directory that bench.sh sources with these set:
#   $binary  dockerlite        $store  a store of the area's own     $ours  dockerlite on that store
#   $work    scratch space     $DOCKER docker on an engine of the run, or empty       $REGISTRY an empty registry
# It prints one `row` per comparison and `note`s, and leaves no image in the engine.

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

# mean COMMAND [PREPARE]: the mean wall time in seconds of RUNS (5) runs after one warm-up.
mean() {
    hyperfine -N --warmup 1 --runs "${RUNS:-5}" ${2:+--prepare "$2"} --export-csv "$work/times.csv" "$1" >/dev/null 2>&1
    awk -F, 'NR == 2 { print $2 }' "$work/times.csv"
}

heading() {
    printf '%-34s %12s   %-14s %12s   %6s   %6s\n' work ours peer peer ratio budget
}

# row WORK OURS PEER_NAME PEER BUDGET: one line of the table; BUDGET is the largest ratio ours/peer allowed.
row() {
    awk -v work="$1" -v ours="$2" -v name="$3" -v peer="$4" -v budget="$5" 'BEGIN {
        ratio = ours / peer
        printf "%-34s %9.1f ms   %-14s %9.1f ms   %6.3f   %6.3f   %s\n", work, ours * 1000, name, peer * 1000, ratio, budget, \
            (ratio <= budget ? "kept" : "MISSED") }'
}

# limit WORK OURS SECONDS: one line of the table for a budget in time, where there is no peer to divide by.
limit() {
    row "$1" "$2" "(budget)" "$3" 1.0
}

# note TEXT: a line of the table that is no ratio.
note() {
    echo "  $1"
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

# sized_tar TAR DIR BYTES: files below DIR, in order of name, up to about BYTES.
sized_tar() {
    (cd "$2" && find . -type f -size -40M -printf '%s %p\n' | LC_ALL=C sort -k2 |
        awk -v most="$3" '{ sum += $1; if (sum > most) next; sub(/^[0-9]+ /, ""); print }') >"$work/list"
    tar --mtime=@1700000000 --owner=0 --group=0 --numeric-owner -cf "$1" -C "$2" -T "$work/list"
}

# big_image: publishes $REGISTRY/big:1, about 200 MB compressed in three layers out of this machine's /usr, once a run;
# sets BIG, and BIG_BYTES, the compressed size of its layers.
big_image() {
    BIG=$REGISTRY/big:1
    [ -d "$work/big" ] && return
    local a b c
    mkdir -p "$work/big"
    sized_tar "$work/a.tar" "/usr/lib/$(uname -m)-linux-gnu" 350000000
    sized_tar "$work/b.tar" /usr/share 220000000
    sized_tar "$work/c.tar" /usr/bin 250000000
    a=$(layer "$work/big" "$work/a.tar")
    b=$(layer "$work/big" "$work/b.tar")
    c=$(layer "$work/big" "$work/c.tar")
    publish "$work/big" big:1 "$MANIFEST" \
        "$(image "$work/big" "$(dpkg --print-architecture)" 2026-01-01T00:00:00Z '{}' "$a"$'\n'"$b"$'\n'"$c")"
    BIG_BYTES=$(find "$work/big/blobs" -type f -size +1M -printf '%s\n' | awk '{ sum += $1 } END { printf "%d", sum }')
}

# small_images NUMBER: publishes $REGISTRY/small:1…NUMBER (at most 60), one tiny layer each.
small_images() {
    local number small
    mkdir -p "$work/small"
    for number in $(seq "$1"); do
        [ ! -d "$work/small/$number" ] || continue
        mkdir -p "$work/small/$number"
        echo "$number" >"$work/small/$number/number"
        reproducible_tar "$work/small.tar" "$work/small/$number"
        small=$(layer "$work/small" "$work/small.tar")
        publish "$work/small" "small:$number" "$MANIFEST" "$(image "$work/small" "$(dpkg --print-architecture)" \
            "$(printf '2026-01-01T00:00:%02dZ' $((number % 60)))" '{}' "$small")"
    done
}

# many_images NUMBER TAR: an archive of `docker save` with NUMBER images of one small layer and three lines of history.
many_images() {
    local dir=$work/many
    rm -rf "$dir"
    mkdir -p "$dir/tree"
    echo content >"$dir/tree/file"
    reproducible_tar "$dir/layer.tar" "$dir/tree"
    rm -rf "$dir/tree"
    awk -v number="$1" -v dir="$dir" -v diff="$(sha256sum "$dir/layer.tar" | cut -d' ' -f1)" 'BEGIN {
        manifest = dir "/manifest.json"
        printf "[" >manifest
        for (i = 1; i <= number; i++) {
            created = sprintf("2026-01-%02dT%02d:%02d:%02dZ", 1 + i / 86400, i / 3600 % 24, i / 60 % 60, i % 60)
            printf "{\"created\":\"%s\",\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/image-%d\"]," \
                "\"Labels\":{\"number\":\"%d\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:%s\"]},\"history\":[" \
                "{\"created\":\"%s\",\"created_by\":\"ADD file /\"}," \
                "{\"created\":\"%s\",\"created_by\":\"LABEL number=%d\",\"empty_layer\":true}," \
                "{\"created\":\"%s\",\"created_by\":\"CMD [\\\"/image-%d\\\"]\",\"empty_layer\":true}]}", \
                created, i, i, diff, created, created, i, created, i >(dir "/" i ".json")
            close(dir "/" i ".json")
            printf "%s{\"Config\":\"%d.json\",\"RepoTags\":[\"bench-%d:latest\"],\"Layers\":[\"layer.tar\"]}", \
                (i == 1 ? "" : ","), i, i >manifest
        }
        print "]" >manifest
    }'
    tar -cf "$2" -C "$dir" .
    rm -rf "$dir"
}
