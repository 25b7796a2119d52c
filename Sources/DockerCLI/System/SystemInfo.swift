// SPDX-License-Identifier: Apache-2.0
import Engine
import ImageStore
import RegistryClient

extension Command {
    /// `docker system info`, `docker info`.
    static var systemInfo: Command {
        Command(
            "info", usage: "[OPTIONS]", "Display system-wide information", arguments: .none,
            paths: ["system info", "info"]
        ) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            return .local { parsed, context in
                let wanted = try RootFormat(parsed[format])
                let report = try InfoReport(context)
                guard let wanted else {
                    context.out.write(report.text)
                    for warning in report.warnings { context.err.print("WARNING: \(warning)") }
                    return .success
                }
                try wanted.print(report.value, to: context.out)
                return .success
            }
        }
    }
}

extension InfoReport {
    fileprivate init(_ context: Context) throws {
        let store = try context.openStore()
        let host = HostDescription.current()
        let containers = try store.containers()
        self.init(
            program: context.program, isDebug: context.options.isDebug, root: store.root,
            imageCount: try store.images(ListOptions(includesIntermediates: true)).count,
            containerCount: containers.count, runningCount: containers.count(where: \.isRunning), host: host,
            parts: ProgramPart.all(isRoot: host.isRoot), engine: try context.engineConfig(), time: context.clock())
    }
}
