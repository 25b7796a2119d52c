# shellcheck shell=bash
# shellcheck disable=SC2154  # see harness.sh
# Pulls of a 200 MB image, cold and again, beside docker, skopeo and podman; memory and bytes on the wire.
big_image
fresh="rm -rf $store"
pull_ours=$(mean "$ours pull -q $BIG" "$fresh")
if [ -n "$DOCKER" ]; then
    row "cold pull, 200 MB" "$pull_ours" docker \
        "$(RUNS=3 mean "$DOCKER pull -q $BIG" "sh -c '$DOCKER rmi -f $BIG >/dev/null 2>&1 || true'")" 0.167
fi
row "cold pull, 200 MB" "$pull_ours" "skopeo to dir" \
    "$(mean "skopeo copy -q --src-tls-verify=false docker://$BIG dir:$work/dir" "rm -rf $work/dir")" 1.0
rm -rf "$work/dir"
if command -v podman >/dev/null && [ "$(id -u)" -eq 0 ]; then
    podman="podman --root $work/podman --runroot $work/podman-run --storage-driver vfs"
    row "cold pull, 200 MB" "$pull_ours" podman \
        "$(RUNS=2 mean "$podman pull -q --tls-verify=false $BIG" "sh -c '$podman rmi -f $BIG >/dev/null 2>&1 || true'")" 1.0
    $podman rmi -f "$BIG" >/dev/null 2>&1 || true
fi
if [ -n "$DOCKER" ]; then
    row "re-pull, unchanged" "$(RUNS=20 mean "$ours pull -q $BIG")" docker "$(RUNS=20 mean "$DOCKER pull -q $BIG")" 1.0
    $DOCKER rmi -f "$BIG" >/dev/null
fi
rm -rf "$store"
note "peak memory of a cold pull: $(peak_memory "$binary" --root "$store" pull -q "$BIG") MiB (budget 64)"
rm -rf "$store"
note "bytes on the wire, cold pull: $(wire "$binary" --root "$store" pull -q "$BIG") for $BIG_BYTES bytes of layers"
note "bytes on the wire, re-pull: $(wire "$binary" --root "$store" pull -q "$BIG")"
