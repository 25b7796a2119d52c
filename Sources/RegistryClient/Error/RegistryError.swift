// SPDX-License-Identifier: Apache-2.0

public import OCI

/// Why a registry didn't give what was asked. Data first; `description` is docker's text where docker has one.
public struct RegistryError: Error, Sendable, Equatable, CustomStringConvertible {
    public indirect enum Kind: Sendable, Equatable {
        /// A 4xx answer, with at least one error.
        case api(status: Int, errors: [APIError])
        /// A 5xx answer, or another status that nobody expects.
        case unexpectedStatus(Int)
        /// A 4xx answer whose JSON says nothing usable.
        case unparsableResponse(status: Int, reason: String, body: String)
        /// No answer, or one that broke off.
        case transport(TransportFailure)
        /// A document that isn't what it should be.
        case invalidDocument(String)
        /// The registry's request failed because of another request, to its token server.
        case caused(by: RegistryError)
        case unknownBlob
        case noBasicCredentials
        /// The token server answered without a token.
        case noToken
        case realmRefused(realm: String, reason: RealmRefusal)
        case redirectRefused(url: String, reason: RedirectRefusal)
        case credentials(CredentialError)
        case configuration(ConfigError)
        case bodyTooLarge(limit: Int)
        case contentEncoding(String)
        /// The answer has another size than the descriptor.
        case sizeMismatch(expected: Int64, actual: Int64)
        /// The body ended early.
        case shortBody(expected: Int64, actual: Int64)
        case longBody(expected: Int64)
        /// The server answered another range than it was asked for.
        case rangeMismatch(asked: Int64, answered: String)
        case digestMismatch(what: DigestSubject, expected: Digest, resumed: Bool)
        case pullConfigFailed(attempts: Int, cause: RegistryError)
        case loginFailed(url: String, status: String)
        case uploadRefused(String)
        /// The registry answers in a way the API doesn't allow.
        case protocolViolation(String)
    }

    public var kind: Kind
    /// Set where docker's text starts with the request: `Head "http://…": `.
    public var request: RequestLine?
    /// `host[:port]` of the endpoint that failed.
    public var host: String?
    /// How long the server asked to be left alone.
    public var retryAfter: Duration?

    public init(_ kind: Kind, request: RequestLine? = nil, host: String? = nil, retryAfter: Duration? = nil) {
        self.kind = kind
        self.request = request
        self.host = host
        self.retryAfter = retryAfter
    }

    /// What the caller's own verifier found: goes through the same policy as the rest.
    /// - Parameter resumed: part of the bytes came from an earlier attempt, so a download from zero may still succeed.
    public static func digestMismatch(_ descriptor: Descriptor, resumed: Bool) -> RegistryError {
        RegistryError(.digestMismatch(what: .layer, expected: descriptor.digest, resumed: resumed))
    }

    /// Puts the request before the text, as Go's HTTP client does with errors of the transport.
    func during(_ request: RequestLine) -> RegistryError {
        var error = self
        error.request = error.request ?? request
        return error
    }
}
