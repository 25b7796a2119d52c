// SPDX-License-Identifier: Apache-2.0

import DockerFormat
public import OCI

extension RegistryError {
    /// The text docker prints after `Error response from daemon: `, or in the stream.
    public var description: String {
        guard let request else { return kind.text }
        return "\(request): \(kind.text)"
    }

    /// The text for a failed pull: docker words the commonest answers anew, around the reference the user gave.
    public func pullDescription(for reference: Reference) -> String {
        guard request == nil, case .api(_, let errors) = kind, let first = errors.first else { return description }
        guard !first.isBare else { return first.description }
        switch first.code {
        case .denied:
            return "pull access denied for \(reference.familiarName), repository does not exist or may require "
                + "'docker login': \(first)"
        case .manifestUnknown: return "manifest for \(reference.familiar) not found: \(first)"
        case .nameUnknown: return "repository \(reference.familiarName) not found: \(first)"
        default: return first.description
        }
    }

    /// The status that docker's own API gives for the error.
    public var statusForAPI: Int {
        guard request == nil, case .api(_, let errors) = kind, let first = errors.first, !first.isBare else {
            return 500
        }
        return [.denied, .manifestUnknown, .nameUnknown].contains(first.code) ? 404 : 500
    }
}

extension RegistryError.Kind {
    var text: String {
        switch self {
        case .api(_, let errors): Self.joined(errors)
        case .unexpectedStatus(let status): "received unexpected HTTP status: \(HTTPStatus.text(status))"
        case .unparsableResponse(let status, let reason, let body):
            "error parsing HTTP \(status) response body: \(reason): \(GoQuote.quoted(body))"
        case .transport(let failure): failure.description
        case .invalidDocument(let text), .uploadRefused(let text), .protocolViolation(let text): text
        case .caused(let error): error.description
        case .unknownBlob: "unknown blob"
        case .noBasicCredentials: "no basic auth credentials"
        case .noToken: "authorization server did not include a token in the response"
        case .realmRefused(let realm, let reason): "refusing to ask the token server \"\(realm)\": \(reason)"
        case .redirectRefused(let url, let reason): "refusing to follow the redirect to \"\(url)\": \(reason)"
        case .credentials(let error): error.description
        case .configuration(let error): error.description
        case .pullConfigFailed(let attempts, let cause):
            "error pulling image configuration: download failed after attempts=\(attempts): \(cause)"
        case .loginFailed(let url, let status): "login attempt to \(url) failed with status: \(status)"
        case .digestMismatch(let what, let digest, _): "\(what.rawValue) verification failed for digest \(digest)"
        case .bodyTooLarge, .contentEncoding, .sizeMismatch, .shortBody, .longBody, .rangeMismatch: bodyText
        }
    }

    private var bodyText: String {
        switch self {
        case .bodyTooLarge(let limit): "the server's answer is larger than the limit of \(limit) bytes"
        case .contentEncoding(let encoding):
            "the server encoded the content as \"\(encoding)\", which would change its digest"
        case .sizeMismatch(let expected, let actual): "the blob has \(actual) bytes where \(expected) were expected"
        case .shortBody(let expected, let actual): "unexpected EOF after \(actual) of \(expected) bytes"
        case .longBody(let expected): "the server sent more than the expected \(expected) bytes"
        case .rangeMismatch(let asked, let answered):
            "asked for the bytes from \(asked), the server answered \"\(answered)\""
        default: ""
        }
    }

    /// How Go joins the errors of one answer.
    private static func joined(_ errors: [APIError]) -> String {
        guard errors.count != 1 else { return errors[0].description }
        return "errors:\n" + errors.map { "\($0)\n" }.joined()
    }
}
