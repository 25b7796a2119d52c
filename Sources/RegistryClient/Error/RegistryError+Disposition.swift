// SPDX-License-Identifier: Apache-2.0

extension RegistryError {
    /// What to do about an error.
    public enum Disposition: Sendable, Hashable {
        /// May well succeed on the next try.
        case retry
        /// Will fail again.
        case final
        /// The account's or address's quota is used up: trying again makes it worse.
        case quota
    }

    /// A pause up to this length is worth waiting for; a longer one is a quota, and the user decides.
    static let longestPause: Duration = .seconds(60)

    /// docker's rules for layers (unauthorized, denied, unsupported, toomanyrequests, name unknown, unknown blob and
    /// answers that can't be parsed are final), except that a short `Retry-After` is obeyed.
    public var disposition: Disposition {
        switch kind {
        case .api(let status, let errors): Self.disposition(status, errors.first, retryAfter)
        case .unexpectedStatus(let status): Self.disposition(status, retryAfter)
        case .transport(let failure): failure.isFinal ? .final : .retry
        case .caused(let error): error.disposition
        case .sizeMismatch, .shortBody, .longBody, .rangeMismatch: .retry
        case .digestMismatch(_, _, let resumed): resumed ? .retry : .final
        case .pullConfigFailed, .unparsableResponse, .invalidDocument, .unknownBlob, .noBasicCredentials, .noToken,
            .realmRefused, .redirectRefused, .credentials, .configuration, .bodyTooLarge, .contentEncoding,
            .loginFailed, .uploadRefused, .protocolViolation:
            .final
        }
    }

    private static func disposition(_ status: Int, _ retryAfter: Duration?) -> Disposition {
        if let retryAfter, retryAfter > longestPause { return .quota }
        return [501, 505].contains(status) ? .final : .retry
    }

    /// The server sends other bytes than the range that was asked for.
    var isOddRange: Bool {
        switch kind {
        case .rangeMismatch, .sizeMismatch: true
        default: false
        }
    }

    /// A part of a blob was answered in a way that one stream may fare better than: everything but a connection that
    /// broke.
    public var isOddPart: Bool {
        switch kind {
        case .api, .unexpectedStatus, .unparsableResponse, .unknownBlob, .longBody: true
        default: isOddRange
        }
    }

    /// The connection broke in the middle.
    public var isBrokenBody: Bool {
        switch kind {
        case .transport, .shortBody: true
        default: false
        }
    }

    /// Nothing reached the server.
    var isBeforeRequest: Bool {
        switch kind {
        case .transport(let failure): failure.isBeforeRequest
        case .caused(let error): error.isBeforeRequest
        default: false
        }
    }

    private static func disposition(_ status: Int, _ error: APIError?, _ retryAfter: Duration?) -> Disposition {
        if status == 429 || error?.code == .tooManyRequests {
            guard let retryAfter else { return .quota }
            return retryAfter <= longestPause ? .retry : .quota
        }
        // docker tries other 4xx answers five times; only those that speak of the moment are worth it.
        return status == 408 || status == 425 ? .retry : .final
    }

    /// Whether docker would go on to the next endpoint: always from a mirror; from the registry itself unless it gave
    /// an answer that means something.
    func fallsThrough(fromMirror: Bool) -> Bool {
        if fromMirror { return true }
        // A token server's refusal counts as an error of the transport: it isn't the registry's word.
        if request != nil { return true }
        switch kind {
        case .api, .configuration, .credentials, .realmRefused, .redirectRefused: return false
        default: return true
        }
    }
}

extension TransportFailure {
    var isFinal: Bool {
        switch self {
        case .tls(.plainHTTP), .tls(.unknownAuthority), .tls(.wrongHost), .tls(.certificateRequired): true
        default: false
        }
    }
}
