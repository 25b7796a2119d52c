// SPDX-License-Identifier: Apache-2.0

extension Platform {
    private static let knownSystems: Set<String> = [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
        "openbsd", "plan9", "solaris", "windows", "zos",
    ]
    private static let knownArchitectures: Set<String> = [
        "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le", "loong64", "mips",
        "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc", "riscv", "riscv64", "s390", "s390x",
        "sparc", "sparc64", "wasm",
    ]

    /// Reads `os[(version)]`, `arch`, `os[(version)]/arch` or `os[(version)]/arch/variant`; what is missing is the
    /// host's.
    public init(parsing specifier: String) throws(PlatformError) {
        guard !specifier.utf8.contains(UInt8(ascii: "*")) else { throw .wildcard(specifier: specifier) }
        let parts = specifier.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        let system = try Self.system(parts[0], specifier)
        for part in parts.dropFirst() where part.isEmpty || !part.utf8.allSatisfy(Self.isSpecifierByte) {
            throw .invalidComponent(component: part, specifier: specifier)
        }
        switch parts.count {
        case 1: try self.init(single: parts[0], system, specifier)
        case 2: self.init(system, Self.normalized(architecture: parts[1], variant: nil), isVariantGiven: false)
        case 3: self.init(system, Self.normalized(architecture: parts[1], variant: parts[2]), isVariantGiven: true)
        default: throw .tooManyComponents(specifier: specifier)
        }
    }

    /// A single word: an operating system if it is a known one, else a known architecture.
    private init(single: String, _ system: (os: String, version: String?), _ specifier: String) throws(PlatformError) {
        if Self.knownSystems.contains(system.os) {
            self.init(os: system.os, architecture: Self.host.architecture, osVersion: system.version)
            return
        }
        let (architecture, variant) = Self.normalized(architecture: single, variant: nil)
        guard Self.knownArchitectures.contains(architecture) else { throw .unknown(specifier: specifier) }
        self.init((Self.host.os, system.version), (architecture, variant), isVariantGiven: false)
    }

    /// `v7` is what `arm` means, so it is only kept where it was written; `v8` likewise with `arm64`.
    private init(
        _ system: (os: String, version: String?), _ cpu: (architecture: String, variant: String?), isVariantGiven: Bool
    ) {
        var variant = cpu.variant
        if !isVariantGiven, cpu.architecture == "arm", variant == "v7" { variant = nil }
        if isVariantGiven, cpu.architecture == "arm64", variant == nil { variant = "v8" }
        self.init(os: system.os, architecture: cpu.architecture, variant: variant, osVersion: system.version)
    }

    /// `os` or `os(version)`
    private static func system(
        _ component: String, _ specifier: String
    ) throws(PlatformError) -> (os: String, version: String?) {
        let name = component.utf8.prefix { isSpecifierByte($0) && $0 != UInt8(ascii: ".") }
        let rest = component.utf8[name.endIndex...]
        guard !name.isEmpty else { throw .invalidOS(component: component, specifier: specifier) }
        let os = normalized(os: String(Substring(name)))
        if rest.isEmpty { return (os, nil) }
        let version = rest.dropFirst().dropLast()
        guard rest.count >= 2, rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")"),
            version.allSatisfy(isSpecifierByte)
        else { throw .invalidOS(component: component, specifier: specifier) }
        return (os, version.isEmpty ? nil : String(Substring(version)))
    }

    private static func isSpecifierByte(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || "_.-".utf8.contains(byte)
    }
}
