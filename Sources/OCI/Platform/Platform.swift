// SPDX-License-Identifier: Apache-2.0

/// An operating system and CPU that an image is for (OCI image spec, image-index.md, "platform").
public struct Platform: Hashable, Sendable {
    public var os: String
    public var architecture: String
    /// The variant of the CPU: `v7` of `arm`, `v3` of `amd64`.
    public var variant: String?
    /// The version of the operating system; Windows images need the host's.
    public var osVersion: String?
    /// What the operating system must offer, such as `win32k`.
    public var osFeatures: [String]

    public init(
        os: String, architecture: String, variant: String? = nil, osVersion: String? = nil, osFeatures: [String] = []
    ) {
        self.os = os
        self.architecture = architecture
        self.variant = variant
        self.osVersion = osVersion
        self.osFeatures = osFeatures
    }

    /// The platform in the spelling that is compared: lower case, `x86_64` as `amd64`, no variant where it says nothing.
    public func normalized() -> Platform {
        var result = self
        result.os = Self.normalized(os: os)
        (result.architecture, result.variant) = Self.normalized(architecture: architecture, variant: variant)
        return result
    }

    /// Whether nothing is said: docker then takes the entry for any platform.
    public var isEmpty: Bool {
        os.isEmpty && architecture.isEmpty
    }

    static func normalized(os: String) -> String {
        let os = os.lowercased()
        switch os {
        case "": return "linux"
        case "macos": return "darwin"
        default: return os
        }
    }

    static func normalized(architecture: String, variant: String?) -> (String, String?) {
        let architecture = architecture.lowercased()
        let variant = variant.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        switch architecture {
        case "i386": return ("386", nil)
        case "x86_64", "x86-64", "amd64": return ("amd64", variant == "v1" ? nil : variant)
        case "aarch64", "arm64": return ("arm64", variant == "8" || variant == "v8" ? nil : variant)
        case "armhf": return ("arm", "v7")
        case "armel": return ("arm", "v6")
        case "arm": return ("arm", armVariant(variant))
        default: return (architecture, variant)
        }
    }

    private static func armVariant(_ variant: String?) -> String {
        switch variant {
        case nil, "7": "v7"
        case "5", "6", "8": "v" + (variant ?? "")
        case .some(let variant): variant
        }
    }
}

extension Platform: CustomStringConvertible {
    /// `linux/arm/v7`
    public var description: String {
        guard !os.isEmpty else { return "unknown" }
        return [os, architecture, variant ?? ""].filter { !$0.isEmpty }.joined(separator: "/")
    }
}

extension Platform: Codable {
    private enum CodingKeys: String, CodingKey {
        case architecture
        case os
        case osVersion = "os.version"
        case osFeatures = "os.features"
        case variant
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        os = try container.decodeIfPresent(String.self, forKey: .os) ?? ""
        architecture = try container.decodeIfPresent(String.self, forKey: .architecture) ?? ""
        variant = try container.decodeIfPresent(String.self, forKey: .variant)
        osVersion = try container.decodeIfPresent(String.self, forKey: .osVersion)
        osFeatures = try container.decodeIfPresent([String].self, forKey: .osFeatures) ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(architecture, forKey: .architecture)
        try container.encode(os, forKey: .os)
        try container.encodeIfPresent(osVersion, forKey: .osVersion)
        if !osFeatures.isEmpty { try container.encode(osFeatures, forKey: .osFeatures) }
        try container.encodeIfPresent(variant, forKey: .variant)
    }
}
