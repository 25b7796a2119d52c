// SPDX-License-Identifier: Apache-2.0

/// A registry's answer with what an error about it has to say.
struct RegistryAnswer: Sendable {
    let response: TransportResponse
    /// Where the answer came from in the end, after redirects.
    let url: HTTPURL
    let line: RequestLine
    let host: String

    var status: Int { response.status }
    var isSuccess: Bool { response.isSuccess }

    /// The whole body, up to `limit` bytes.
    func collect(limit: Int) async throws -> [UInt8] {
        do {
            return try await response.collect(limit: limit)
        } catch let failure as TransportFailure {
            throw RegistryError(.transport(failure), request: line, host: host)
        }
    }

    /// Reads the body and says what it means that this isn't a success.
    func error() async -> RegistryError {
        let body = (try? await response.collect(limit: ErrorResponse.bodyLimit)) ?? []
        return RegistryError(
            ErrorResponse.parse(status: status, headers: response.headers, body: body), host: host,
            retryAfter: RetryAfter.parse(response.headers))
    }

    func failure(_ kind: RegistryError.Kind) -> RegistryError {
        RegistryError(kind, host: host)
    }

    func rangeMismatch(_ asked: Range<Int64>, _ answered: String) -> RegistryError {
        failure(.rangeMismatch(asked: asked.lowerBound, answered: ErrorResponse.printable(Array(answered.utf8))))
    }
}
