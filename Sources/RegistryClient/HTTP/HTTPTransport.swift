// SPDX-License-Identifier: Apache-2.0

/// Sends one request and gives its answer. Follows no redirects, adds no headers, retries nothing: all of that is
/// decided above, where it can be tested.
public protocol HTTPTransport: Sendable {
    /// Returns as soon as the head of the answer is there. Throws `TransportFailure` or `CancellationError`; so does
    /// the body.
    func send(_ request: TransportRequest) async throws -> TransportResponse

    /// Closes every connection. Nothing may be sent afterwards.
    func shutdown() async
}
