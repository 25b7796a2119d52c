// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import Glibc
import Subprocess

/// Runs `docker-credential-<name>`, the protocol of docker's credential stores: an action as the only argument, the
/// server on standard input, JSON on standard output.
struct CredentialHelper: Sendable {
    private static let maximumOutput = 1 << 20
    private static let notFound = "credentials not found in native keychain"
    /// Answers that docker knows (docker-credential-helpers, credentials/error.go).
    private static let knownErrors: Set<String> = ["no credentials server URL", "no credentials username"]

    let program: String
    private let environment: [String: String]
    private let timeout: Duration

    /// - Parameter environment: the helper's, and where its `PATH` is looked up.
    /// - Throws: `CredentialError.invalidHelperName`: a `/` in the name would leave the PATH.
    init(
        name: String, environment: [String: String], timeout: Duration = .seconds(30)
    ) throws(CredentialError) {
        let isClean = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isClean, !name.isEmpty else { throw .invalidHelperName(name) }
        program = "docker-credential-\(name)"
        self.environment = environment
        self.timeout = timeout
    }

    /// Nil when the helper knows nothing about the server.
    func get(_ key: String) async throws -> Credential? {
        let answer = try await run("get", input: key)
        guard answer.succeeded else {
            if answer.output == Self.notFound { return nil }
            throw answer.error("getting")
        }
        guard let document = try? JSONParser.parse(answer.output), let secret = document.field("Secret")?.string
        else { throw CredentialError.malformedAnswer(program: program) }
        let username = document.field("Username")?.string ?? ""
        if username == "<token>" { return .identityToken(username: "", Secret(secret)) }
        return .password(username: username, password: Secret(secret))
    }

    func store(_ credential: Credential, for key: String) async throws {
        let (username, secret): (String, Secret) =
            switch credential {
            case .password(let username, let password): (username, password)
            case .identityToken(_, let token), .registryToken(let token): ("<token>", token)
            }
        let document = JSONValue.object([
            .init("ServerURL", .string(key)), .init("Username", .string(username)),
            .init("Secret", .string(secret.reveal())),
        ])
        let answer = try await run("store", input: JSONWriter.text(document))
        guard answer.succeeded else {
            throw answer.error("storing")
        }
    }

    func erase(_ key: String) async throws {
        let answer = try await run("erase", input: key)
        guard answer.succeeded || answer.output == Self.notFound else {
            throw answer.error("erasing")
        }
    }

    private struct Answer: Sendable {
        let succeeded: Bool
        let status: String
        let output: String

        func error(_ action: String) -> CredentialError {
            let reason = CredentialHelper.knownErrors.contains(output) ? output : status
            return .failed(action: action, status: reason, output: output)
        }
    }

    /// What docker calls the actions of the protocol in errors.
    private static func word(for action: String) -> String {
        switch action {
        case "store": "storing"
        case "erase": "erasing"
        default: "getting"
        }
    }

    private func run(_ action: String, input: String) async throws -> Answer {
        let (program, environment, timeout) = (program, environment, timeout)
        return try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await Self.execute(program, environment, action, input) }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw CredentialError.timeout(
                    action: Self.word(for: action), program: program, seconds: Int(timeout.components.seconds))
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private static func execute(
        _ program: String, _ environment: [String: String], _ action: String, _ input: String
    ) async throws -> Answer {
        // A helper that ends without reading must not end us; NIO sets the same as soon as there is a socket.
        _ = signal(SIGPIPE, SIG_IGN)
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        do {
            let result = try await Subprocess.run(
                .name(program), arguments: [action],
                environment: .custom(Dictionary(variables) { first, _ in first }), input: HelperInput(text: input),
                // What a helper has to say to people, such as a question of its own, they see as it comes.
                output: .string(limit: maximumOutput), error: .currentStandardError)
            let output = result.standardOutput
            return Answer(
                succeeded: result.terminationStatus.isSuccess, status: text(result.terminationStatus),
                output: trimmed(output))
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw CredentialError.missingHelper(action: word(for: action), program: program)
        } catch let error as SubprocessError where error.code == .spawnFailed {
            let reason = error.underlyingError.map { "\($0)".lowercased() } ?? "failed"
            throw CredentialError.failed(
                action: word(for: action), status: "fork/exec \(program): \(reason)", output: "")
        }
    }

    private static func text(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exit status \(code)"
        case .signaled(let signal): "signal: \(String(cString: strsignal(signal)).lowercased())"
        }
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
        let bytes = Array(text.utf8).drop(while: isSpace)
        return String(decoding: bytes.reversed().drop(while: isSpace).reversed(), as: UTF8.self)
    }
}
