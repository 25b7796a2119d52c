// SPDX-License-Identifier: Apache-2.0
import Containers
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
        let containerHost = try ContainerHost(context)
        let store = containerHost.store
        let host = HostDescription.current()
        let states = try containerHost.engine.list().map(\.state.status)
        self.init(
            program: context.program, isDebug: context.options.isDebug, root: store.root,
            imageCount: try store.images(ListOptions(includesIntermediates: true)).count,
            containerCount: states.count, runningCount: states.count { $0 == .running || $0 == .restarting },
            pausedCount: states.count { $0 == .paused }, host: host,
            parts: ProgramPart.all(isRoot: host.isRoot),
            capabilities: containerHost.engine.capabilities(), engine: try context.engineConfig(), time: context.clock()
        )
    }
}
