// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI

extension DockerfileInstruction {
    private static let flags = ["interval", "timeout", "start-period", "start-interval", "retries"]
    /// In nanoseconds.
    private static let shortestInterval: Int64 = 1_000_000

    /// `HEALTHCHECK NONE`, whose flags nobody reads, or `HEALTHCHECK [flags] CMD command`.
    func healthConfig() throws(ConfigChangeError) -> HealthConfig {
        guard let type = arguments.first?.uppercased() else { throw .noArguments("HEALTHCHECK") }
        if type == "NONE" {
            guard arguments.count == 1 else { throw .healthcheck(.noneTakesNoArguments) }
            return HealthConfig(test: [type])
        }
        let given = try InstructionFlags(flags, known: Self.flags)
        guard type == "CMD" else { throw .healthcheck(.unknownType(type)) }
        guard arguments.count > 1 else { throw .healthcheck(.missingCommand) }
        do {
            return HealthConfig(
                test: [isJSON ? "CMD" : "CMD-SHELL"] + arguments.dropFirst(),
                interval: try Self.interval(given, "interval"),
                timeout: try Self.interval(given, "timeout"),
                startPeriod: try Self.interval(given, "start-period"),
                startInterval: try Self.interval(given, "start-interval"),
                retries: try Self.retries(given)
            )
        } catch {
            throw .healthcheck(error)
        }
    }

    private static func interval(_ flags: InstructionFlags, _ name: String) throws(HealthcheckError) -> Int64 {
        guard let text = flags[name] else { return 0 }
        let duration: GoDuration
        do {
            duration = try GoDuration(text)
        } catch {
            throw .duration(error)
        }
        guard duration.nanoseconds == 0 || duration.nanoseconds >= shortestInterval else { throw .tooShort(flag: name) }
        return duration.nanoseconds
    }

    private static func retries(_ flags: InstructionFlags) throws(HealthcheckError) -> Int64 {
        guard let text = flags["retries"] else { return 0 }
        let count: Int64
        do {
            count = try GoInteger.parse(text)
        } catch {
            throw .number(error)
        }
        guard Int32(exactly: count) != nil else {
            throw .number(NumberError(function: "ParseInt", text: text, reason: .range))
        }
        guard count >= 0 else { throw .negativeRetries(count) }
        return count
    }
}
