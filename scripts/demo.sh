#!/usr/bin/env bash
# The main job as a transcript: a throw-away registry with real images, and dockerlite pulling, listing, removing.
set -euo pipefail
binary=$(realpath "${1:-.build/release/dockerlite}")
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/images.sh
. "$here/images.sh"
# shellcheck source=scripts/seed.sh
. "$here/seed.sh"

work=$(mktemp -d)
cleanup() {
    kill "$REGISTRY_PID" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
REGISTRY_PID=
start_registry "$work/registry"
echo "Seeding a throw-away registry at $REGISTRY with images made on the spot…"
seed_busybox "$work"
debian=yes
seed_debian "$work" || { debian=no; echo "(mmdebstrap cannot run here: the Debian images are left out)"; }

PATH="$work/bin:$PATH"
mkdir -p "$work/bin"
ln -s "$binary" "$work/bin/dockerlite"
export DOCKERLITE_ROOT=$work/store DOCKER_CONFIG=$work/config

# say COMMAND…: shows the command as typed, then runs it.
say() {
    printf '\n$ %s\n' "$*"
    "$@" || printf '[exit code %s]\n' "$?"
}

say dockerlite version
say dockerlite pull "$REGISTRY/library/busybox"
say dockerlite pull "$REGISTRY/library/busybox:1.35"
say dockerlite pull "$REGISTRY/library/multi:1"
say dockerlite pull --platform linux/arm64 "$REGISTRY/library/multi:1"
if [ $debian = yes ]; then
    say dockerlite pull "$REGISTRY/library/debian:12"
    say dockerlite pull "$REGISTRY/library/app:1"
fi
say dockerlite tag "$REGISTRY/library/busybox" mybox:1
say dockerlite images
say dockerlite images -q
say dockerlite images --digests mybox
say dockerlite rmi mybox:1
say dockerlite rmi "$REGISTRY/library/busybox:1.35"
if [ $debian = yes ]; then
    say dockerlite rmi "$REGISTRY/library/debian:12"
    say dockerlite rmi "$REGISTRY/library/app:1"
fi
say dockerlite rmi nosuch
say dockerlite images -a
say dockerlite info
printf '\n$ du -sh %s\n' "\$DOCKERLITE_ROOT"
du -sh "$DOCKERLITE_ROOT" | sed "s|$work/store|\$DOCKERLITE_ROOT|"
printf '\nA foreign tool reads the store as it is:\n'
reference=$(dockerlite images --no-trunc | awk 'NR == 2 { print $1 ":" $2 }')
say skopeo inspect --format '{{.Digest}} {{.Architecture}}' "oci:$DOCKERLITE_ROOT:$reference"
