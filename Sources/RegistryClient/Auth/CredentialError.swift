// SPDX-License-Identifier: Apache-2.0

/// A credential helper that failed; docker's texts (cli/config/credentials, docker-credential-helpers/client).
public enum CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The helper's name would run something else than `docker-credential-<name>` on the PATH.
    case invalidHelperName(String)
    case missingHelper(action: String, program: String)
    case failed(action: String, status: String, output: String)
    case timeout(action: String, program: String, seconds: Int)
    case malformedAnswer(program: String)
    case configuration(ConfigError)

    public var description: String {
        switch self {
        case .invalidHelperName(let name):
            "invalid credential helper name \"\(name)\": only letters, digits, '.', '_' and '-' are allowed"
        case .missingHelper(let action, let program):
            "error \(action) credentials - err: exec: \"\(program)\": executable file not found in $PATH, out: ``"
        case .failed(let action, let status, let output):
            "error \(action) credentials - err: \(status), out: `\(output)`"
        case .timeout(let action, let program, let seconds):
            "error \(action) credentials - err: \(program) did not answer within \(seconds) seconds, out: ``"
        case .malformedAnswer(let program):
            "error getting credentials - err: \(program) answered something else than its protocol's JSON, out: ``"
        case .configuration(let error): error.description
        }
    }
}
