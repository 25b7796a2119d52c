// SPDX-License-Identifier: Apache-2.0
import Engine

extension Command {
    /// `docker version`.
    static var version: Command {
        Command("version", usage: "[OPTIONS]", "Show the Docker version information", arguments: .none) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            return .local { parsed, context in
                let wanted = try RootFormat(parsed[format], name: "version")
                let host = HostDescription.current()
                let report = VersionReport(
                    program: context.program, parts: ProgramPart.all(isRoot: host.isRoot),
                    kernelVersion: host.kernelVersion)
                guard let wanted else {
                    context.out.write(report.text)
                    return .success
                }
                try wanted.print(report.value, to: context.out)
                return .success
            }
        }
    }
}
