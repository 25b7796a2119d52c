// SPDX-License-Identifier: Apache-2.0

/// A seccomp profile in docker's dialect: rules with conditions on capabilities and architectures.
struct DockerSeccompProfile: Decodable {
    struct Condition: Decodable {
        var caps: [String]?
        var arches: [String]?
    }

    struct Architecture: Decodable {
        var architecture: String
        var subArchitectures: [String]?
    }

    struct Rule: Decodable {
        var name: String?
        var names: [String]?
        var action: String
        var errnoRet: UInt?
        var args: [SeccompProfile.Argument]?
        var includes: Condition?
        var excludes: Condition?
    }

    var defaultAction: String
    var defaultErrnoRet: UInt?
    var architectures: [String]?
    var archMap: [Architecture]?
    var syscalls: [Rule]?

    /// The profile for a container with `capabilities` on an `architecture` in Go's spelling.
    func resolved(capabilities: Set<String>, architecture: String, native: [String]) -> SeccompProfile {
        let rules = (syscalls ?? []).filter { rule in
            let included = rule.includes.map { condition in
                (condition.caps ?? []).allSatisfy(capabilities.contains)
                    && (condition.arches?.isEmpty != false || condition.arches?.contains(architecture) == true)
            }
            let excluded = rule.excludes.map { condition in
                (condition.caps ?? []).contains(where: capabilities.contains)
                    || condition.arches?.contains(architecture) == true
            }
            return included != false && excluded != true
        }
        return SeccompProfile(
            defaultAction: defaultAction, defaultErrnoRet: defaultErrnoRet,
            architectures: architectures ?? (archMap == nil ? nil : native),
            syscalls: rules.map {
                SeccompProfile.Rule(
                    names: $0.names ?? $0.name.map { [$0] } ?? [], action: $0.action, errnoRet: $0.errnoRet,
                    args: $0.args?.isEmpty == true ? nil : $0.args
                )
            }
        )
    }
}
