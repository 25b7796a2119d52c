// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Options of docker's that mean nothing here: without a daemon, on Linux, or with a plain OCI runtime. Using one says
/// so instead of running something else than was asked for.
struct UnsupportedFlags: Sendable {
    private let lists: [Flag<[String]>]
    private let texts: [Flag<String>]
    private let numbers: [Flag<Int>]
    private let sizes: [Flag<Int64>]
    private let operations: Flag<UInt>
    private let socket: Flag<Bool>

    init(_ flags: inout FlagSet) {
        func rates(_ flags: inout FlagSet, _ name: String, _ usage: String) -> Flag<[String]> {
            flags.custom(name, type: "list", default: [], shown: "[]", usage) { text, value in value.append(text) }
        }
        lists = [
            rates(&flags, "blkio-weight-device", "Block IO weight (relative device weight)"),
            rates(&flags, "device-read-bps", "Limit read rate (bytes per second) from a device"),
            rates(&flags, "device-read-iops", "Limit read rate (IO per second) from a device"),
            rates(&flags, "device-write-bps", "Limit write rate (bytes per second) to a device"),
            rates(&flags, "device-write-iops", "Limit write rate (IO per second) to a device"),
            flags.list("link", "Add link to another container"),
            flags.list("link-local-ip", "Container IPv4/IPv6 link-local addresses"),
            flags.list("log-opt", "Log driver options"),
            flags.list("storage-opt", "Storage driver options for the container"),
            flags.custom(
                "gpus", type: "gpu-request", default: [], "GPU devices to add to the container ('all' to pass all GPUs)"
            ) { text, value in value.append(text) },
        ]
        texts = [
            flags.string("ip6", "IPv6 address (e.g., 2001:db8::33)"),
            flags.string("isolation", "Container isolation technology"),
            flags.string("volume-driver", "Optional volume driver for the container"),
        ]
        numbers = [
            flags.int("cpu-count", "CPU count (Windows only)"), flags.int("cpu-percent", "CPU percent (Windows only)"),
            flags.int("cpu-rt-period", "Limit CPU real-time period in microseconds"),
            flags.int("cpu-rt-runtime", "Limit CPU real-time runtime in microseconds"),
        ]
        sizes = [
            flags.bytes("kernel-memory", "Kernel memory limit"),
            flags.bytes("io-maxbandwidth", "Maximum IO bandwidth limit for the system drive (Windows only)"),
        ]
        operations = flags.unsigned("io-maxiops", "Maximum IOps limit for the system drive (Windows only)")
        socket = flags.bool("use-api-socket", "Bind mount Docker API socket and required auth")
    }

    /// The values that mean what happens anyway.
    private static let harmless = ["isolation": "default", "volume-driver": "local"]

    func check(_ parsed: ParsedArguments) throws {
        try lists.forEach { try refuse($0, parsed) }
        try texts.forEach { flag in
            if Self.harmless[flag.name] == parsed[flag] { return }
            try refuse(flag, parsed)
        }
        try numbers.forEach { try refuse($0, parsed) }
        try sizes.forEach { try refuse($0, parsed) }
        try refuse(operations, parsed)
        try refuse(socket, parsed)
    }

    private func refuse(_ flag: Flag<some Any>, _ parsed: ParsedArguments) throws {
        guard parsed.isChanged(flag) else { return }
        throw StatusError("--\(flag.name) is not supported: run without it")
    }
}
