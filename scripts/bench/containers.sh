# shellcheck shell=bash
# shellcheck disable=SC2154  # see harness.sh
# Containers: the first run after a pull, run and exec of `true`, commit of 1 and of 10 000 files, diff; beside docker and
# podman. Networks are left out of it. Needs root, runc, conmon and busybox.

# container_image: publishes $REGISTRY/box:1, a static busybox.
container_image() {
    local root=$work/box-root layout=$work/box
    mkdir -p "$root/bin" "$root/tmp" "$layout"
    cp /bin/busybox "$root/bin/busybox"
    for applet in sh true sleep touch mkdir seq; do ln -s busybox "$root/bin/$applet"; done
    reproducible_tar "$work/box.tar" "$root"
    publish "$layout" box:1 "$MANIFEST" "$(image "$layout" "$(dpkg --print-architecture)" 2026-01-01T00:00:00Z \
        '{"Cmd":["sh"],"Env":["PATH=/bin"]}' "$(layer "$layout" "$work/box.tar")")"
}

# container_times PROGRAM…: sets TIMES for one of the peers: seconds of run, exec, commit of one, of 10 000, diff.
container_times() {
    local box=$REGISTRY/box:1 remove="sh -c '$* rmi -f committed:1 >/dev/null 2>&1 || true'"
    TIMES=()
    "$@" pull -q "$box" >/dev/null
    "$@" run -d --name bench-up --network none "$box" sleep 3600 >/dev/null
    "$@" run --name bench-one --network none "$box" touch /one
    # shellcheck disable=SC2016  # for the container's shell
    "$@" run --name bench-many --network none "$box" sh -c \
        'mkdir /many; cd /many; for i in $(seq 10000); do echo $i >$i; done'
    TIMES+=("$(RUNS=10 mean "$* run --rm --network none $box true")")
    TIMES+=("$(RUNS=10 mean "$* exec bench-up true")")
    TIMES+=("$(mean "$* commit bench-one committed:1" "$remove")")
    TIMES+=("$(RUNS=3 mean "$* commit bench-many committed:1" "$remove")")
    TIMES+=("$(mean "$* diff bench-many")")
    "$@" rm -f bench-up bench-one bench-many >/dev/null 2>&1
    "$@" rmi -f committed:1 "$box" >/dev/null 2>&1 || true
}

# container_rows PEER: compares TIMES, the peer's, with OURS.
container_rows() {
    local works=("run --rm true" "exec true" "commit, 1 file" "commit, 10000 files" "diff, 10000 files") index
    for index in "${!works[@]}"; do row "${works[$index]}" "${OURS[$index]}" "$1" "${TIMES[$index]}" 1.0; done
}

# podman_settings: a plain-HTTP registry, and what machines without systemd and with low limits can do.
podman_settings() {
    printf '[[registry]]\nlocation = "%s"\ninsecure = true\n' "$REGISTRY" >"$work/podman-registries.conf"
    printf '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\n' \
        >"$work/podman.conf"
}

# first_run PROGRAM: the mean time in seconds of a pull of the big image and a first run of it, each time anew.
first_run() {
    RUNS=2 mean "sh -c '$1 pull -q $BIG >/dev/null && $1 run --rm --network none --entrypoint /nosuch $BIG >/dev/null 2>&1; true'" \
        "sh -c '$1 rmi -f $BIG >/dev/null 2>&1 || true'"
}

if [ "$(id -u)" -ne 0 ] || ! command -v runc >/dev/null || ! command -v conmon >/dev/null || [ ! -x /bin/busybox ]; then
    note "containers are left out: they need root, runc, conmon and busybox"
else
    container_image
    # shellcheck disable=SC2086  # a program with its options
    container_times $ours
    OURS=("${TIMES[@]}")
    if [ -n "$DOCKER" ]; then
        # shellcheck disable=SC2086
        container_times $DOCKER
        container_rows docker
        big_image
        row "pull and first run, 200 MB" "$(first_run "$ours")" docker "$(first_run "$DOCKER")" 0.5
        $DOCKER rmi -f "$BIG" >/dev/null
    fi
    if command -v podman >/dev/null; then
        podman_settings
        container_times env CONTAINERS_CONF="$work/podman.conf" CONTAINERS_REGISTRIES_CONF="$work/podman-registries.conf" \
            podman --root "$work/podman-c" --runroot "$work/podman-run" --storage-driver overlay
        container_rows podman
    fi
fi
