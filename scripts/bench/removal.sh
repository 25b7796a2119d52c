# shellcheck shell=bash
# shellcheck disable=SC2154  # see harness.sh
# Removal of 1 000 images by one command: by their names, and by prune, beside docker.
many_images 1000 "$work/many.tar"
names=$(seq -f 'bench-%g:latest' -s ' ' 1000)
rm -rf "$store"
for command in "rmi $names" "image prune -a -f"; do
    title="${command%% bench-*} of 1 000 images"
    time=$(RUNS=3 mean "$ours $command" "$ours load -q -i $work/many.tar")
    limit "$title" "$time" 1.0
    [ -z "$DOCKER" ] || row "$title" "$time" docker \
        "$(RUNS=2 mean "$DOCKER $command" "$DOCKER load -q -i $work/many.tar")" 1.0
done
rm -rf "$store" "$work/many.tar"
