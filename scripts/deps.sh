#!/usr/bin/env bash
# Installs the Debian packages the project builds, tests and demonstrates with; does nothing when all are there.
set -euo pipefail

build=(libarchive-dev zlib1g-dev libssl-dev libisal-dev libzstd-dev libsqlite3-dev)
peers=(docker-registry skopeo busybox-static runc conmon netavark iproute2 iptables openssl apache2-utils zstd xz-utils
    mmdebstrap attr curl ca-certificates)

missing=()
for package in "${build[@]}" "${peers[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

cannot() {
    echo "dockerlite needs these packages, and they could not be installed here: ${missing[*]}" >&2
    echo "$1" >&2
    exit 1
}

command -v apt-get >/dev/null ||
    cannot "This is not a Debian machine: install the same libraries and tools with your package manager, see README.md."
sudo=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || cannot "Run as root: apt-get install ${missing[*]}"
    sudo=(sudo)
fi
echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get update -qq || cannot "apt-get update failed: is there a network?"
"${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    cannot "Run by hand to see why: apt-get install ${missing[*]}"
