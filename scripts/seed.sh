# shellcheck shell=bash
# Sourced by demo.sh: fills $REGISTRY with real images. Needs images.sh.

# seed_busybox WORK: busybox:1.35 and busybox:latest are one image; multi:1 is an index of it and an arm64 sibling.
seed_busybox() {
    local layout=$1/busybox root=$1/busybox-root busybox arm amd_manifest arm_manifest work
    mkdir -p "$layout" "$root/bin" "$root/etc" "$root/tmp"
    cp /bin/busybox "$root/bin/busybox"
    while read -r applet; do ln -sf busybox "$root/bin/$applet"; done < <(/bin/busybox --list | grep -v '^busybox$')
    printf 'root:x:0:0:root:/:/bin/sh\n' >"$root/etc/passwd"
    reproducible_tar "$1/busybox.tar" "$root"
    busybox=$(layer "$layout" "$1/busybox.tar")
    amd_manifest=$(image "$layout" "$(dpkg --print-architecture)" 2026-01-02T03:04:05Z \
        '{"Cmd":["sh"],"Env":["PATH=/bin"]}' "$busybox")
    publish "$layout" library/busybox:latest "$MANIFEST" "$amd_manifest"
    publish "$layout" library/busybox:1.35 "$MANIFEST" "$amd_manifest"

    mkdir -p "$1/arm/etc"
    echo "the arm64 variant" >"$1/arm/etc/variant"
    reproducible_tar "$1/arm.tar" "$1/arm"
    arm=$(layer "$layout" "$1/arm.tar")
    arm_manifest=$(image "$layout" arm64 2026-01-02T03:04:05Z '{"Cmd":["sh"]}' "$arm")
    work=$1/index
    printf '{"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%s,"platform":{"architecture":"%s","os":"linux"}},{"mediaType":"%s","digest":"%s","size":%s,"platform":{"architecture":"arm64","os":"linux"}}]}' \
        "$INDEX" "$MANIFEST" "${amd_manifest% *}" "${amd_manifest#* }" "$(dpkg --print-architecture)" \
        "$MANIFEST" "${arm_manifest% *}" "${arm_manifest#* }" >"$work"
    publish "$layout" library/multi:1 "$INDEX" "$(blob "$layout" "$work")"
}

# seed_debian WORK: debian:12 in three layers and app:1 on top of it. Returns 1 when mmdebstrap cannot run here.
seed_debian() {
    local layout=$1/debian root=$1/debian-root base share rest app
    command -v mmdebstrap >/dev/null || return 1
    mmdebstrap --quiet --variant=minbase --mode=auto bookworm "$root" >"$1/mmdebstrap.log" 2>&1 || return 1
    mkdir -p "$layout"
    rm -rf "${root:?}"/var/cache/apt/* "${root:?}"/var/lib/apt/lists/* "${root:?}"/dev/* 2>/dev/null || true
    reproducible_tar "$1/share.tar" "$root" ./usr/share
    reproducible_tar "$1/lib.tar" "$root" ./usr/lib
    rm -rf "${root:?}/usr/share" "${root:?}/usr/lib"
    reproducible_tar "$1/base.tar" "$root"
    base=$(layer "$layout" "$1/base.tar")
    rest=$(layer "$layout" "$1/lib.tar")
    share=$(layer "$layout" "$1/share.tar")
    publish "$layout" library/debian:12 "$MANIFEST" "$(image "$layout" "$(dpkg --print-architecture)" \
        2026-02-03T04:05:06Z '{"Cmd":["bash"]}' "$base"$'\n'"$rest"$'\n'"$share")"
    mkdir -p "$1/app/srv"
    printf '#!/bin/sh\necho hello from the app\n' >"$1/app/srv/app"
    chmod +x "$1/app/srv/app"
    reproducible_tar "$1/app.tar" "$1/app"
    app=$(layer "$layout" "$1/app.tar")
    publish "$layout" library/app:1 "$MANIFEST" "$(image "$layout" "$(dpkg --print-architecture)" \
        2026-03-04T05:06:07Z '{"Cmd":["/srv/app"]}' "$base"$'\n'"$rest"$'\n'"$share"$'\n'"$app")"
}

# seed_nginx WORK: nginx:1, Debian's nginx in a small Debian made on the spot. Returns 1 when mmdebstrap cannot run here.
seed_nginx() {
    local layout=$1/nginx root=$1/nginx-root only
    command -v mmdebstrap >/dev/null || return 1
    mmdebstrap --quiet --variant=minbase --mode=auto --include=nginx-light \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' bookworm "$root" >"$1/nginx.log" 2>&1 || return 1
    mkdir -p "$layout"
    rm -rf "${root:?}"/var/cache/apt/* "${root:?}"/var/lib/apt/lists/* "${root:?}"/dev/* 2>/dev/null || true
    ln -sf /dev/stdout "$root/var/log/nginx/access.log"
    ln -sf /dev/stderr "$root/var/log/nginx/error.log"
    reproducible_tar "$1/nginx.tar" "$root"
    only=$(layer "$layout" "$1/nginx.tar")
    publish "$layout" library/nginx:1 "$MANIFEST" "$(image "$layout" "$(dpkg --print-architecture)" \
        2026-04-05T06:07:08Z "$NGINX_CONFIG" "$only")"
}
NGINX_CONFIG='{"ExposedPorts":{"80/tcp":{}},"Cmd":["nginx","-g","daemon off;"],"StopSignal":"SIGQUIT",
"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}'
