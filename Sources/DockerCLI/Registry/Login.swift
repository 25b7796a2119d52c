// SPDX-License-Identifier: Apache-2.0
import RegistryClient

extension Command {
    /// `docker login`.
    static var login: Command {
        Command(
            "login", usage: "[OPTIONS] [SERVER]", "Authenticate to a registry",
            long: "Authenticate to a registry.\nDefaults to Docker Hub if no server is specified.",
            arguments: .atMost(1), category: .common(7)
        ) { flags in
            let password = flags.string("password", short: "p", "Password or Personal Access Token (PAT)")
            let passwordStdin = flags.bool(
                "password-stdin", "Take the Password or Personal Access Token (PAT) from stdin")
            let username = flags.string("username", short: "u", "Username")
            return .network { parsed, context in
                let options = try LoginOptions(
                    server: RegistryServer(parsed.arguments.first),
                    username: parsed.isChanged(username) ? parsed[username] : nil,
                    password: parsed.isChanged(password) ? parsed[password] : nil,
                    readsPassword: parsed[passwordStdin], context: context)
                try await LoginSession(options: options, context: context).run()
                context.out.print("Login Succeeded")
                return .success
            }
        }
    }
}
