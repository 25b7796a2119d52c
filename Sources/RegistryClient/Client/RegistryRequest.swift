// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// One request of the distribution API, before an endpoint is chosen and authorisation added.
struct RegistryRequest: Sendable {
    var method: HTTPMethod
    /// Below `/v2/`; an absolute URL replaces it where a registry named one.
    var target: Target
    var headers: HTTPHeaders = [:]
    var scopes: [AuthScope]
    /// Made anew for each attempt: a 401 may come when a stream has been read already.
    var body: (@Sendable () -> TransportRequest.Body)?

    enum Target: Sendable {
        case path(String)
        case url(HTTPURL)
    }

    init(_ method: HTTPMethod, _ path: String, scopes: [AuthScope], headers: HTTPHeaders = [:]) {
        self.method = method
        target = .path(path)
        self.scopes = scopes
        self.headers = headers
    }

    init(_ method: HTTPMethod, url: HTTPURL, scopes: [AuthScope], headers: HTTPHeaders = [:]) {
        self.method = method
        target = .url(url)
        self.scopes = scopes
        self.headers = headers
    }

    func url(at endpoint: Endpoint) -> HTTPURL {
        switch target {
        case .path(let path): endpoint.url(path)
        case .url(let url): url
        }
    }
}
