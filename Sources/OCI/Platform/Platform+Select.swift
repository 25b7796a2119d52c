// SPDX-License-Identifier: Apache-2.0

extension Platform {
    /// What runs on this platform, best first: lower levels of the CPU, then its 32-bit ancestors (containerd's order).
    var acceptable: [Platform] {
        let wanted = normalized()
        switch wanted.architecture {
        case "amd64": return wanted.amd64Levels
        case "arm64": return wanted.arm64Levels
        case "arm": return wanted.armLevels
        default: return [wanted]
        }
    }

    /// Whether an image of platform `other` runs on this one.
    public func matches(_ other: Platform) -> Bool {
        rank(of: other, in: acceptable) != nil
    }

    /// The entry of an index that suits this platform best; the first of equals.
    ///
    /// An entry without platform suits every platform, after all that name theirs. One that asks for features of the
    /// operating system which this platform lacks (a nydus image, say), or that is an artifact of another kind, is
    /// never chosen; nor is `unknown/unknown` (an attestation).
    public func select(from entries: [Descriptor]) -> Descriptor? {
        let acceptable = acceptable
        var best: (rank: Int, entry: Descriptor)?
        for entry in entries where entry.artifactType == nil {
            let platform = entry.platform.flatMap { $0.isEmpty ? nil : $0 }
            guard let rank = platform.map({ rank(of: $0, in: acceptable) }) ?? acceptable.count else { continue }
            if best.map({ rank < $0.rank }) ?? true { best = (rank, entry) }
        }
        return best?.entry
    }

    private func rank(of other: Platform, in acceptable: [Platform]) -> Int? {
        let other = other.normalized()
        guard Set(other.osFeatures).isSubset(of: osFeatures), matchesVersion(other) else { return nil }
        return acceptable.firstIndex {
            $0.os == other.os && $0.architecture == other.architecture && $0.variant == other.variant
        }
    }

    /// Only Windows ties an image to a version of the operating system.
    private func matchesVersion(_ other: Platform) -> Bool {
        guard other.os == "windows", let wanted = osVersion, let version = other.osVersion else { return true }
        return version == wanted || version.hasPrefix(wanted + ".")
    }

    private func with(_ architecture: String, _ variant: String?) -> Platform {
        var result = self
        (result.architecture, result.variant) = Self.normalized(architecture: architecture, variant: variant)
        return result
    }

    private var amd64Levels: [Platform] {
        let level = Self.level(variant, prefix: "v") ?? 1
        let lower = stride(from: min(level, Self.highestLevel) - 1, through: 1, by: -1).map { with("amd64", "v\($0)") }
        return [self] + lower + [with("386", nil)]
    }

    private var armLevels: [Platform] {
        guard let level = Self.level(variant, prefix: "v"), level > 5 else { return [self] }
        return [self]
            + stride(from: min(level, Self.highestLevel) - 1, through: 5, by: -1).map { with("arm", "v\($0)") }
    }

    /// v9.x has all of v8.(x+5), from which it split.
    private var arm64Levels: [Platform] {
        let parts = (variant ?? "v8").split(separator: ".", omittingEmptySubsequences: false)
        guard let major = Self.level(String(parts[0]), prefix: "v"), major >= 8 else {
            return [self] + with("arm", variant).armLevels
        }
        var minor = parts.count == 2 && parts[1].count == 1 ? Int(parts[1]) ?? 0 : 0
        var result = [self]
        func addLower(_ major: Int) {
            for lower in stride(from: minor - 1, through: 0, by: -1) {
                result.append(with("arm64", lower == 0 ? "v\(major)" : "v\(major).\(lower)"))
            }
        }
        addLower(major)
        if major == 9 {
            minor += 5
            result.append(with("arm64", "v8.\(minor)"))
            addLower(8)
        }
        let ancestor = parts.count == 2 && (8...9).contains(major) ? "v8" : variant ?? "v8"
        return result + with("arm", ancestor).armLevels
    }

    /// No CPU has more levels; a made-up variant must not make a long list.
    private static let highestLevel = 16

    private static func level(_ variant: String?, prefix: String) -> Int? {
        guard let variant else { return nil }
        return Int(variant.hasPrefix(prefix) ? String(variant.dropFirst(prefix.count)) : variant)
    }
}
