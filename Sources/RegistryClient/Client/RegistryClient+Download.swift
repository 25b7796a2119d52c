// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

extension RegistryClient {
    /// Fetches a file that is no registry's, following redirects; proxies and certificates are those of the settings.
    ///
    /// - Parameter limit: bytes; a longer file is an error.
    /// - Throws: `RegistryError`; for a status of 400 or more `HTTPFailure`.
    public func download(
        _ url: HTTPURL, limit: Int64 = .max, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let endpoint = Endpoint(base: url, domain: url.authority)
        let request = TransportRequest(method: .GET, url: url, headers: ["User-Agent": configuration.userAgent])
        do {
            let (response, last) = try await RedirectPolicy(realms: sender.realms).send(
                request, over: transport, from: endpoint)
            guard response.status < 400 else {
                throw HTTPFailure(url: url, status: response.status, body: try await response.collect(limit: 64 << 10))
            }
            var count: Int64 = 0
            for try await chunk in response.body {
                count += Int64(chunk.readableBytes)
                guard count <= limit else {
                    throw RegistryError(.bodyTooLarge(limit: Int(clamping: limit)), host: last.url.authority)
                }
                try chunk.withUnsafeReadableBytes(body)
            }
        } catch let failure as TransportFailure {
            throw RegistryError(
                .transport(failure), request: RequestLine(method: "GET", url: url), host: url.authority)
        }
    }
}
