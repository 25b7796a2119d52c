// SPDX-License-Identifier: Apache-2.0
import RegistryClient

extension Command {
    /// `docker logout`.
    static var logout: Command {
        Command(
            "logout", usage: "[SERVER]", "Log out from a registry",
            long: "Log out from a registry.\nIf no server is specified, the default is defined by the daemon.",
            arguments: .atMost(1), category: .common(8)
        ) { _ in
            .network { parsed, context in
                try await forget(RegistryServer(parsed.arguments.first), context)
                return .success
            }
        }
    }

    /// Erases every key of the server. Like docker this is a success even where nothing could be erased.
    private static func forget(_ server: RegistryServer, _ context: Context) async throws {
        if context.variable("DOCKER_AUTH_CONFIG") != nil {
            context.err.print("WARNING: DOCKER_AUTH_CONFIG is set and takes precedence.")
        }
        context.out.print("Removing login credentials for \(server.key)")
        var credentials = try DockerCredentials(
            config: context.writableClientConfig(), environment: context.environment)
        var failures: [String] = []
        for key in server.keys {
            do {
                try await credentials.erase(key)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                failures.append("\(key): \(error)")
            }
        }
        guard failures.count == server.keys.count else { return }
        try context.out.flush()
        context.err.print("WARNING: could not erase credentials:\n" + failures.joined(separator: "\n"))
    }
}
