# shellcheck shell=bash
# shellcheck disable=SC2154  # see harness.sh
# Start-up and the listings at 10, 1 000 and 10 000 images, beside docker up to 1 000 (its `load` takes minutes beyond).

# beside WORK BUDGET ARGUMENTS…: one row, ours beside docker, where docker holds the images too.
beside() {
    local work_name=$1 budget=$2 time
    shift 2
    time=$(RUNS=20 mean "$ours $*")
    if [ -n "$DOCKER" ]; then
        row "$work_name" "$time" docker "$(RUNS=20 mean "$DOCKER $*")" "$budget"
    else
        note "$work_name: $(awk -v time="$time" 'BEGIN { printf "%.1f ms", time * 1000 }')"
    fi
}

time=$(RUNS=30 mean "$binary --version")
[ -z "$DOCKER" ] || row "--version" "$time" docker "$(RUNS=30 mean 'docker --version')" 0.5
limit "--version" "$time" 0.005
for number in 10 1000; do
    many_images "$number" "$work/many.tar"
    $ours load -q -i "$work/many.tar" >/dev/null
    [ -z "$DOCKER" ] || $DOCKER load -q -i "$work/many.tar" >/dev/null
    beside "images, $number images" 0.5 images
    [ "$number" -ne 10 ] || limit "images, 10 images" "$(RUNS=30 mean "$ours images")" 0.005
    beside "images -q, $number images" 0.5 images -q
    beside "images --format, $number images" 0.5 images --format "{{.ID}}:{{.Repository}}"
    beside "system df, $number images" 0.5 system df
    beside "history, $number images" 0.5 history bench-10
    beside "inspect, $number images" 0.5 image inspect bench-10
done
if [ -n "$DOCKER" ]; then
    $DOCKER images -q | sort -u | xargs -r "${DOCKER%% *}" "-H" "${DOCKER##* }" rmi -f >/dev/null
fi
many_images 10000 "$work/many.tar"
$ours load -q -i "$work/many.tar" >/dev/null
rm -f "$work/many.tar"
limit "images -q, 10000 images" "$(RUNS=20 mean "$ours images -q")" 0.050
limit "system df, 10000 images" "$(RUNS=20 mean "$ours system df")" 0.100
limit "images, 10000 images" "$(mean "$ours images")" 0.200
limit "images --format, 10000 images" "$(mean "$ours images --format {{.ID}}:{{.Repository}}")" 0.200
limit "images -f reference, 10000 images" "$(mean "$ours images -f reference=bench-77")" 0.200
limit "history, 10000 images" "$(RUNS=20 mean "$ours history bench-77")" 0.010
