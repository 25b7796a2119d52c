// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import NIOHTTP1
import OCI

/// Turns an answer that isn't a success into docker's error (distribution's `HandleErrorResponse`).
enum ErrorResponse {
    /// Error and token bodies are read up to this many bytes: the sender is the party that misbehaves.
    static let bodyLimit = 64 * 1024

    static func parse(status: Int, headers: HTTPHeaders, body: [UInt8]) -> RegistryError.Kind {
        guard (400..<500).contains(status) else { return .unexpectedStatus(status) }
        let parsed = parseBody(status: status, headers: headers, body: body)
        guard let oauth = oauthError(headers) else {
            if case .unparsableResponse = parsed, status == 401 {
                return .api(status: status, errors: [bare(.unauthorized, hasDetail: true)])
            }
            return parsed
        }
        guard case .api(_, let errors) = parsed else { return .api(status: status, errors: [oauth]) }
        return .api(status: status, errors: [oauth] + errors)
    }

    /// RFC 6750 §3.1: what was wrong with the token stands in the challenge, before anything in the body.
    private static func oauthError(_ headers: HTTPHeaders) -> APIError? {
        for challenge in AuthChallenge.parse(headers["WWW-Authenticate"]) where challenge.isBearer {
            let code: APIErrorCode
            switch challenge.parameters["error"] {
            case "invalid_token": code = .unauthorized
            case "insufficient_scope": code = .denied
            default: continue
            }
            let text = challenge.parameters["error_description"] ?? ""
            return APIError(code, message: text.isEmpty ? code.defaultMessage : text)
        }
        return nil
    }

    private static func parseBody(status: Int, headers: HTTPHeaders, body: [UInt8]) -> RegistryError.Kind {
        let type = headers.first(name: "Content-Type").map { MediaType(contentType: $0).rawValue }
        guard type == "application/json" || type == "application/vnd.api+json" else {
            return fromStatus(status, message: printable(body))
        }
        let document: JSONValue
        do {
            document = try JSONParser.parse(body)
        } catch {
            return .unparsableResponse(
                status: status, reason: error.description, body: String(decoding: body, as: UTF8.self))
        }
        if let details = document.field("details")?.string, !details.isEmpty {
            return fromStatus(status, message: printable(Array(details.utf8)))
        }
        let errors = (document.field("errors")?.array ?? []).compactMap(apiError)
        guard !errors.isEmpty else {
            return .unparsableResponse(
                status: status, reason: "no error details found in HTTP response body",
                body: String(decoding: body, as: UTF8.self))
        }
        return .api(status: status, errors: errors)
    }

    private static func apiError(_ value: JSONValue) -> APIError? {
        guard value.members != nil else { return nil }
        let code = APIErrorCode(wire: value.field("code")?.string ?? "")
        let message = printable(Array((value.field("message")?.string ?? "").utf8))
        let hasDetail = value.field("detail").map { $0 != .null } ?? false
        let isBare = !hasDetail && (message.isEmpty || message == code.defaultMessage)
        return APIError(code, message: message, isBare: isBare)
    }

    private static func fromStatus(_ status: Int, message: String) -> RegistryError.Kind {
        let code: APIErrorCode =
            switch status {
            case 401: .unauthorized
            case 403: .denied
            case 429: .tooManyRequests
            default: .unknown
            }
        return .api(status: status, errors: [APIError(code, message: message)])
    }

    private static func bare(_ code: APIErrorCode, hasDetail: Bool) -> APIError {
        APIError(code, message: code.defaultMessage, isBare: !hasDetail)
    }

    /// A server's text ends on a terminal.
    static func printable(_ bytes: [UInt8]) -> String {
        TerminalText.escaped(String(decoding: bytes, as: UTF8.self), keepingLineBreaks: true)
    }
}
