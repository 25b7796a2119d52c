// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

/// Options that limit what the container may use. `update` has the first part of them too.
struct ResourceFlags: Sendable {
    private let limits: LimitFlags
    private let swappiness: Flag<Int>
    private let oomKillDisable: Flag<Bool>
    private let oomScore: Flag<Int>
    private let ulimits: Flag<[ResourceLimit]>
    private let cgroupParent: Flag<String>

    init(_ flags: inout FlagSet) {
        limits = LimitFlags(&flags, swapUsage: "'-1' to enable unlimited swap")
        swappiness = flags.int("memory-swappiness", default: -1, "Tune container memory swappiness (0 to 100)")
        oomKillDisable = flags.bool("oom-kill-disable", "Disable OOM Killer")
        oomScore = flags.int("oom-score-adj", "Tune host's OOM preferences (-1000 to 1000)")
        ulimits = flags.custom("ulimit", type: "ulimit", default: [], shown: "[]", "Ulimit options") { text, value in
            do { value.append(try ResourceLimit(parsing: text)) } catch let error as ContainerError {
                throw FlagError(error.message)
            }
        }
        cgroupParent = flags.string("cgroup-parent", "Optional parent cgroup for the container")
    }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec) throws {
        spec.resources = try limits.resources(parsed)
        if parsed[swappiness] != -1 {
            guard (0...100).contains(parsed[swappiness]) else {
                throw StatusError("invalid value: \(parsed[swappiness]). Valid memory swappiness range is 0-100")
            }
            spec.resources.memorySwappiness = UInt64(parsed[swappiness])
        }
        spec.resources.oomKillDisabled = parsed[oomKillDisable]
        spec.oomScoreAdjustment = parsed.isChanged(oomScore) ? parsed[oomScore] : nil
        spec.ulimits = parsed[ulimits]
        spec.cgroupParent = parsed.text(cgroupParent)
    }
}
