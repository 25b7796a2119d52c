# shellcheck shell=bash
# shellcheck disable=SC2154  # see harness.sh
# A 200 MB image on its way out: push, save, load, and copies between registries, beside docker and skopeo.
# A load has no peer but docker: skopeo doesn't look into layers.
big_image
$ours pull -q "$BIG" >/dev/null
[ -z "$DOCKER" ] || $DOCKER pull -q "$BIG" >/dev/null

# A second registry, emptied before each run: a push to where the layers are measures nothing.
first=$REGISTRY
start_registry "$work/target"
pids+=("$REGISTRY_PID")
target=$REGISTRY REGISTRY=$first
empty="sh -c 'rm -rf $work/target/docker $work/target/data/docker'"
$ours tag "$BIG" "$target/big:1"
push_ours=$(RUNS=3 mean "$ours push -q $target/big:1" "$empty")
if [ -n "$DOCKER" ]; then
    $DOCKER tag "$BIG" "$target/big:1"
    # Else docker remembers that the layers are there, and then finds that they aren't.
    row "push, 200 MB" "$push_ours" docker "$(RUNS=3 mean "$DOCKER push -q $target/big:1" "$empty")" 0.333
fi
skopeo copy -q --src-tls-verify=false "docker://$BIG" "oci:$work/layout:1"
row "push, 200 MB" "$push_ours" "skopeo from oci" \
    "$(RUNS=3 mean "skopeo copy -q --dest-tls-verify=false oci:$work/layout:1 docker://$target/big:1" "$empty")" 1.0
row "image cp, 200 MB" "$(RUNS=3 mean "$ours image cp -q $BIG $target/big:1" "$empty")" "skopeo copy" \
    "$(RUNS=3 mean "skopeo copy -q --src-tls-verify=false --dest-tls-verify=false docker://$BIG docker://$target/big:1" \
        "$empty")" 1.0
row "image cp, all there" "$(mean "$ours image cp -q $BIG $target/big:1")" "skopeo copy" \
    "$(mean "skopeo copy -q --src-tls-verify=false --dest-tls-verify=false docker://$BIG docker://$target/big:1")" 1.0
sh -c "$empty"
note "peak memory of image cp: $(peak_memory "$binary" image cp -q "$BIG" "$target/big:1") MiB (budget 64)"

save_ours=$(RUNS=3 mean "$ours save -o $work/ours.tar $BIG")
load_ours=$(RUNS=3 mean "$ours-loaded load -q -i $work/ours.tar" "rm -rf $store-loaded")
if [ -n "$DOCKER" ]; then
    row "save, 200 MB" "$save_ours" docker "$(RUNS=3 mean "$DOCKER save -o $work/docker.tar $BIG")" 0.333
    $DOCKER rmi -f "$BIG" "$target/big:1" >/dev/null
    row "load, 200 MB" "$load_ours" docker \
        "$(RUNS=3 mean "$DOCKER load -q -i $work/ours.tar" "sh -c '$DOCKER rmi -f $BIG >/dev/null 2>&1 || true'")" 0.333
    $DOCKER rmi -f "$BIG" >/dev/null 2>&1 || true
fi
row "save, 200 MB" "$save_ours" "skopeo oci tar" \
    "$(RUNS=3 mean "skopeo copy -q oci:$work/layout:1 oci-archive:$work/skopeo.tar:1" "rm -f $work/skopeo.tar")" 1.0
rm -rf "$store-loaded" "$work/layout" "$work"/*.tar
