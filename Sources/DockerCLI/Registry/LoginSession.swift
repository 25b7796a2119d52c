// SPDX-License-Identifier: Apache-2.0
import RegistryClient

/// One `login`: stored credentials are tried first when none are given, then the user is asked.
struct LoginSession: Sendable {
    let options: LoginOptions
    let context: Context

    private var server: RegistryServer { options.server }

    func run() async throws {
        var storedName: String?
        if options.username == nil, options.password == nil, let stored = await storedPassword() {
            if try await succeeds(withStored: stored) { return }
            storedName = stored.username
        }
        let credential = try ask(defaultName: storedName)
        try await keep(proven(credential))
    }

    /// A stored password; tokens and failing helpers are no reason not to ask.
    private func storedPassword() async -> Credential? {
        let credentials = try? DockerCredentials(
            config: context.writableClientConfig(), environment: context.environment)
        let stored = try? await credentials?.credential(for: server.key)
        guard case .password(let username, let password) = stored, !username.isEmpty, !password.isEmpty else {
            return nil
        }
        return stored
    }

    private func succeeds(withStored stored: Credential) async throws -> Bool {
        context.err.print("Authenticating with existing credentials... [Username: \(stored.username)]")
        let program = context.program
        context.err.write(
            "\n Info -> To login with a different account, run '\(program) logout' followed by '\(program) login'"
                + "\n\n\n")
        do {
            try await keep(proven(stored))
            return true
        } catch let error as RegistryError {
            context.err.print(
                error.refusesCredentials
                    ? "Stored credentials invalid or expired"
                    : "Login did not succeed, error: \(context.text(of: error))")
            return false
        }
    }

    private func ask(defaultName: String?) throws -> Credential {
        let mustAsk = options.username == nil || options.password == nil
        guard !mustAsk || context.input.isTerminal else {
            throw StatusError("Error: Cannot perform an interactive login from a non TTY device")
        }
        let username = try options.username ?? askName(defaultName)
        return .password(username: username, password: try options.password ?? askPassword())
    }

    private func askName(_ defaultName: String?) throws -> String {
        context.out.write(defaultName.map { "Username (\($0)): " } ?? "Username: ")
        let answer = try context.input.readAnswer()
        let name = answer.isEmpty ? defaultName ?? "" : answer
        guard !name.isEmpty else { throw StatusError("Error: Non-null Username Required") }
        return name
    }

    private func askPassword() throws -> Secret {
        context.out.write("Password: ")
        defer { context.out.write("\n") }
        let answer = try context.input.readAnswer(isSecret: true)
        guard !answer.isEmpty else { throw StatusError("Error: Password Required") }
        return Secret(answer)
    }

    /// What to keep once the registry has taken the credential: a token in place of the password if it gives one.
    private func proven(_ credential: Credential) async throws -> Credential {
        let result = try await context.withRegistry { registry, _ in
            try await registry.checkLogin(server: server.isHub ? "docker.io" : server.key, credential: credential)
        }
        return result.identityToken.map { .identityToken(username: credential.username, $0) } ?? credential
    }

    private func keep(_ credential: Credential) async throws {
        let config = try context.writableClientConfig()
        // Nothing new: the file isn't written, and docker doesn't warn again.
        if config.helper(for: server.key) == nil, config.auths[server.key] == AuthEntry(credential) { return }
        let storage: DockerCredentials.Storage
        do {
            var credentials = try DockerCredentials(config: config, environment: context.environment)
            storage = try await credentials.store(credential, for: server.key)
        } catch let error as CredentialError {
            throw StatusError("Error saving credentials: \(error)")
        } catch let error as ConfigError {
            throw StatusError("Error saving credentials: \(error)")
        }
        if case .file(let path) = storage, case .password = credential { warnOfPlainText(path) }
    }

    private func warnOfPlainText(_ path: String) {
        context.err.write(
            """

            WARNING! Your credentials are stored unencrypted in '\(path)'.
            Configure a credential helper to remove this warning. See
            https://docs.docker.com/go/credential-store/


            """)
    }
}

extension RegistryError {
    /// The registry, or its token server, has seen the credential and doesn't take it.
    fileprivate var refusesCredentials: Bool {
        switch kind {
        case .loginFailed(_, let status): status.hasPrefix("401")
        case .api(let status, _): status == 401
        case .caused(let error): error.refusesCredentials
        default: false
        }
    }
}
