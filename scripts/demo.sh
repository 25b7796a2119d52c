#!/usr/bin/env bash
# The main job as a transcript: a throw-away registry with real images, and dockerlite pulling, listing, removing them and
# running one.
set -euo pipefail
binary=$(realpath "${1:-.build/release/dockerlite}")
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/images.sh
. "$here/images.sh"
# shellcheck source=scripts/seed.sh
. "$here/seed.sh"

work=$(mktemp -d)
cleanup() {
    containers=$(dockerlite ps -aq 2>/dev/null) || true
    # shellcheck disable=SC2086  # a list of IDs
    [ -z "$containers" ] || dockerlite rm -f -v $containers >/dev/null || true
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

# The tutorial: a web server in a container, changed, saved, run again.
# page URL: fetches it, once the server is up.
page() {
    for _ in $(seq 100); do
        curl -fsS "$1" >/dev/null 2>&1 && break
        sleep 0.1
    done
    say curl -fsS "$1"
}
tutorial() {
    local first second
    first=$(free_port)
    second=$(free_port)
    say dockerlite pull -q "$REGISTRY/library/nginx:1"
    say dockerlite tag "$REGISTRY/library/nginx:1" nginx
    say dockerlite run --name webserver -d -p "127.0.0.1:$first:80" nginx
    page "http://127.0.0.1:$first/" | head -8
    say dockerlite exec webserver sh -c 'echo "<h1>Hello, dockerlite</h1>" >/var/www/html/index.html'
    page "http://127.0.0.1:$first/"
    say dockerlite diff webserver
    say dockerlite commit --author "A. Author <a@example.com>" --message "change the page" webserver nginx:v2
    say dockerlite image ls nginx
    say dockerlite history nginx:v2
    say dockerlite run --name webserver2 -d -p "127.0.0.1:$second:80" nginx:v2
    page "http://127.0.0.1:$second/"
    say dockerlite ps
    say dockerlite logs webserver2
    say dockerlite rmi nginx:v2
    say dockerlite rm -f webserver webserver2
    say dockerlite rmi nginx:v2
    say dockerlite rmi nginx "$REGISTRY/library/nginx:1"
}
if [ "$(id -u)" -ne 0 ] || ! command -v runc conmon >/dev/null; then
    echo "(the tutorial is left out: containers need runc and conmon, and this demo runs them as root)"
elif ! seed_nginx "$work"; then
    echo "(the tutorial is left out: mmdebstrap cannot make an image with nginx here)"
else
    tutorial
fi

printf '\n$ du -sh %s\n' "\$DOCKERLITE_ROOT"
du -sh "$DOCKERLITE_ROOT" | sed "s|$work/store|\$DOCKERLITE_ROOT|"
printf '\nA foreign tool reads the store as it is:\n'
reference=$(dockerlite images --no-trunc | awk 'NR == 2 { print $1 ":" $2 }')
say skopeo inspect --format '{{.Digest}} {{.Architecture}}' "oci:$DOCKERLITE_ROOT:$reference"
