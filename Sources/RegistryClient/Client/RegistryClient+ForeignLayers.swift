// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import OCI

extension RegistryClient {
    /// Opens a layer that the registry needn't hold, at one of the addresses its descriptor names.
    ///
    /// The addresses are the image author's word: they get neither credentials, not even on a 401, nor the user's
    /// headers (CVE-2020-15157), and may not lead from a public registry into the private network.
    func foreignBlob(
        _ descriptor: Descriptor, _ offset: Int64, _ endpoint: Endpoint
    ) async throws -> BlobStream {
        var lastError = RegistryError(.unknownBlob, host: endpoint.base.authority)
        for text in descriptor.urls ?? [] {
            guard let url = HTTPURL(parsing: text), url.scheme == .https || endpoint.base.scheme == .http else {
                continue
            }
            do {
                try await sender.realms.checkReach(url, from: endpoint.base)
                let range = offset..<descriptor.size
                let headers = Self.headers(for: range, of: descriptor)
                let request = RegistryRequest(.GET, url: url, scopes: [], headers: headers)
                let answer = try await sender.exchange(request, endpoint, RequestLine(method: "GET", url: url), nil)
                return try await stream(answer, descriptor, range)
            } catch let error as RegistryError {
                lastError = error
            }
        }
        throw lastError
    }
}
