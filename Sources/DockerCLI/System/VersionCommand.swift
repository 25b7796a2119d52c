// SPDX-License-Identifier: Apache-2.0
import Engine

extension Command {
    /// `docker version`.
    static var version: Command {
        Command("version", usage: "[OPTIONS]", "Show the Docker version information", arguments: .none) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            return .local { parsed, context in
                let host = HostDescription.current()
                let report = VersionReport(
                    program: context.program, parts: ProgramPart.all(isRoot: host.isRoot),
                    kernelVersion: host.kernelVersion)
                context.out.write(
                    try RootFormat(parsed[format]).map { try $0.text(report.value) } ?? Array(report.text.utf8))
                return .success
            }
        }
    }
}
