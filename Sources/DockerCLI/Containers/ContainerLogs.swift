// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

extension Command {
    /// `docker container logs`, `docker logs`.
    static var containerLogs: Command {
        Command(
            "logs", usage: "[OPTIONS] CONTAINER", "Fetch the logs of a container", arguments: .exactly(1),
            paths: ["container logs", "logs"]
        ) { flags in
            let details = flags.bool("details", "Show extra details provided to logs")
            let follow = flags.bool("follow", short: "f", "Follow log output")
            let since = flags.string(
                "since",
                "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)")
            let tail = flags.string(
                "tail", short: "n", default: "all", "Number of lines to show from the end of the logs")
            let timestamps = flags.bool("timestamps", short: "t", "Show timestamps")
            let until = flags.string(
                "until",
                """
                Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
                """)
            return .local { parsed, context in
                var options = LogOptions()
                options.showsDetails = parsed[details]
                options.follows = parsed[follow]
                options.showsTimestamps = parsed[timestamps]
                let host = try ContainerHost(context)
                // As docker's client, which asks for the container before it looks at the times.
                _ = try host.engine.inspect(parsed.arguments[0])
                options.since = try time(parsed.text(since), "since", context)
                options.until = try time(parsed.text(until), "until", context)
                if let count = Int(parsed[tail]), count >= 0 { options.tail = count }
                try host.engine.logs(parsed.arguments[0], options: options) { stream, bytes in
                    switch stream {
                    case .stdout: context.out.write(bytes)
                    case .stderr: context.err.write(bytes)
                    }
                    if options.follows { try context.out.flush() }
                }
                return .success
            }
        }
    }

    private static func time(_ text: String?, _ name: String, _ context: Context) throws -> Timestamp? {
        guard let text else { return nil }
        do {
            return try FilterTime.parse(text, now: context.clock(), zone: context.zone)
        } catch {
            throw StatusError("invalid value for \"\(name)\": \(error)")
        }
    }
}
