# shellcheck shell=bash
# shellcheck disable=SC2034  # the variables are for the scripts that source this one
# Sourced by demo.sh and bench.sh: a throw-away registry, and real images made on the spot as OCI layouts.
# Needs docker-registry, skopeo, tar, gzip, sha256sum.

# free_port: a TCP port nobody listens on.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# start_registry DIR: starts docker-registry on a free loopback port; sets REGISTRY and REGISTRY_PID.
start_registry() {
    local port
    port=$(free_port)
    mkdir -p "$1"
    cat >"$1/config.yml" <<YML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $1/data}, delete: {enabled: true}}
http: {addr: 127.0.0.1:$port}
YML
    docker-registry serve "$1/config.yml" >"$1/log" 2>&1 &
    REGISTRY_PID=$!
    REGISTRY=localhost:$port
    for _ in $(seq 100); do
        curl -fsS "http://$REGISTRY/v2/" >/dev/null 2>&1 && return
        sleep 0.1
    done
    cat "$1/log" >&2
    return 1
}

# blob LAYOUT FILE: moves FILE into the layout by its digest; prints "DIGEST SIZE".
blob() {
    local hex size
    hex=$(sha256sum "$2" | cut -d' ' -f1)
    size=$(stat -c %s "$2")
    mkdir -p "$1/blobs/sha256"
    mv "$2" "$1/blobs/sha256/$hex"
    echo "sha256:$hex $size"
}

# layer LAYOUT TAR: gzips TAR reproducibly into the layout; prints "DIGEST SIZE DIFFID". TAR is removed.
layer() {
    local diff_id
    diff_id=sha256:$(sha256sum "$2" | cut -d' ' -f1)
    gzip -n -6 "$2"
    echo "$(blob "$1" "$2.gz") $diff_id"
}

# image LAYOUT ARCHITECTURE CREATED CONFIG_JSON "LAYER LINES": writes config and manifest; prints "DIGEST SIZE".
image() {
    local layout=$1 architecture=$2 created=$3 config=$4 layers="" diff_ids="" history="" digest size diff_id line
    while read -r line; do
        [ -n "$line" ] || continue
        read -r digest size diff_id <<<"$line"
        layers+="${layers:+,}{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"$digest\",\"size\":$size}"
        diff_ids+="${diff_ids:+,}\"$diff_id\""
        history+="${history:+,}{\"created\":\"$created\",\"created_by\":\"add layer ${digest:7:12}\"}"
    done <<<"$5"
    local work
    work=$(mktemp -d)
    printf '{"created":"%s","architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
        "$created" "$architecture" "$config" "$diff_ids" "$history" >"$work/config"
    read -r digest size <<<"$(blob "$layout" "$work/config")"
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%s},"layers":[%s]}' \
        "$digest" "$size" "$layers" >"$work/manifest"
    blob "$layout" "$work/manifest"
    rmdir "$work"
}

# publish LAYOUT REPOSITORY:TAG MEDIA_TYPE "DIGEST SIZE": sends one manifest or index of the layout to the registry.
publish() {
    local digest size
    read -r digest size <<<"$4"
    echo '{"imageLayoutVersion":"1.0.0"}' >"$1/oci-layout"
    printf '{"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":"seed"}}]}' \
        "$3" "$digest" "$size" >"$1/index.json"
    skopeo copy -q --all --dest-tls-verify=false "oci:$1:seed" "docker://$REGISTRY/$2"
}

MANIFEST=application/vnd.oci.image.manifest.v1+json
INDEX=application/vnd.oci.image.index.v1+json

# reproducible_tar TAR DIR [PATH...]: packs a tree with fixed times and owners.
reproducible_tar() {
    local tar=$1 dir=$2
    shift 2
    tar --sort=name --mtime=@1700000000 --owner=0 --group=0 --numeric-owner -cf "$tar" -C "$dir" "${@:-.}"
}
