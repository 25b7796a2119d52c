// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// What the monitor runs when a container has ended: `--rm`, `--restart` and the state work without a daemon.
    static var containerExited: Command {
        hook(ContainerHost.exitVerb) { try $0.containerExited($1) }
    }

    /// Tests a container's health as long as it runs.
    static var containerHealth: Command {
        hook(ContainerHost.healthVerb) { try $0.watchHealth($1) }
    }

    private static func hook(
        _ name: String, _ body: @escaping @Sendable (ContainerEngine, ContainerID) throws -> Void
    ) -> Command {
        var command = Command(name, usage: "ID", "For the monitor of containers", arguments: .exactly(1)) { _ in
            .local { parsed, context in
                guard let id = ContainerID(parsed.arguments[0]) else {
                    throw StatusError("no ID of a container: \(parsed.arguments[0])")
                }
                do {
                    try body(ContainerHost(context).engine, id)
                } catch ContainerError.notFound {
                    // Removed meanwhile.
                }
                return .success
            }
        }
        command.isHidden = true
        return command
    }
}
