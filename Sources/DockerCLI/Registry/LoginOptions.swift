// SPDX-License-Identifier: Apache-2.0
import RegistryClient

/// What `login` was told on its command line.
struct LoginOptions: Sendable {
    /// A password longer than this is a mistake: a file was piped in that isn't one.
    private static let maximumSecret = 64 << 10

    let server: RegistryServer
    var username: String?
    var password: Secret?

    /// Checks the options as docker does, and reads the password from standard input when it is there.
    init(
        server: RegistryServer, username: String?, password: String?, readsPassword: Bool, context: Context
    ) throws {
        self.server = server
        if readsPassword {
            guard password == nil else {
                throw StatusError("conflicting options: cannot specify both --password and --password-stdin")
            }
            guard username != nil else {
                throw StatusError("the --password-stdin option requires --username to be set")
            }
        }
        if username == "" { throw StatusError("username is empty") }
        if password == "" { throw StatusError("password is empty") }
        if password != nil {
            context.err.print("WARNING! Using --password via the CLI is insecure. Use --password-stdin.")
        }
        self.username = username?.trimmed()
        let given = try readsPassword ? Self.readPassword(context.input) : password
        // docker takes white space off both ends of any password, and then asks for one that was nothing else.
        self.password = given.map { $0.trimmed() }.flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    private static func readPassword(_ input: Input) throws -> String {
        String(decoding: try input.readAll(limit: maximumSecret), as: UTF8.self)
    }
}
