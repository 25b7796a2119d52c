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
        self.password = try readsPassword ? Self.readPassword(context.input) : password.map(Secret.init)
    }

    /// One line feed at the end goes, and one carriage return before it; all else belongs to the password.
    private static func readPassword(_ input: Input) throws -> Secret {
        var bytes = try input.readAll(limit: maximumSecret)[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw StatusError("password is empty") }
        return Secret(String(decoding: bytes, as: UTF8.self))
    }
}
