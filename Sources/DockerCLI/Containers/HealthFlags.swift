// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

/// Options about the container's health.
struct HealthFlags: Sendable {
    private let command: Flag<String>
    private let interval: Flag<GoDuration>
    private let retries: Flag<Int>
    private let startInterval: Flag<GoDuration>
    private let startPeriod: Flag<GoDuration>
    private let timeout: Flag<GoDuration>
    private let disabled: Flag<Bool>

    init(_ flags: inout FlagSet) {
        command = flags.string("health-cmd", "Command to run to check health")
        interval = flags.duration("health-interval", "Time between running the check (ms|s|m|h) (default 0s)")
        retries = flags.int("health-retries", "Consecutive failures needed to report unhealthy")
        startInterval = flags.duration(
            "health-start-interval",
            "Time between running the check during the start period (ms|s|m|h) (default 0s)")
        startPeriod = flags.duration(
            "health-start-period",
            """
            Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) \
            (default 0s)
            """)
        timeout = flags.duration("health-timeout", "Maximum time to allow one check to run (ms|s|m|h) (default 0s)")
        disabled = flags.bool("no-healthcheck", "Disable any container-specified HEALTHCHECK")
    }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec) throws {
        let durations = [interval, timeout, startPeriod, startInterval]
        let isSet =
            !parsed[command].isEmpty || parsed[retries] != 0 || durations.contains { parsed[$0].nanoseconds != 0 }
        if parsed[disabled] {
            guard !isSet else { throw StatusError("--no-healthcheck conflicts with --health-* options") }
            spec.healthcheck = HealthCheck(test: ["NONE"])
        } else if isSet {
            let names = ["--health-interval", "--health-timeout", "--health-start-period", "--health-start-interval"]
            for (name, flag) in zip(names, durations) where parsed[flag].nanoseconds < 0 {
                throw StatusError("\(name) cannot be negative")
            }
            guard parsed[retries] >= 0 else { throw StatusError("--health-retries cannot be negative") }
            spec.healthcheck = HealthCheck(
                test: parsed[command].isEmpty ? [] : ["CMD-SHELL", parsed[command]],
                interval: parsed[interval].nanoseconds, timeout: parsed[timeout].nanoseconds,
                startPeriod: parsed[startPeriod].nanoseconds, startInterval: parsed[startInterval].nanoseconds,
                retries: parsed[retries])
        }
    }
}
