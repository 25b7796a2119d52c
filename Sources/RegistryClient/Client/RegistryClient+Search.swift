// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import NIOHTTP1

extension RegistryClient {
    private static let dockerHubIndex = HTTPURL(scheme: .https, host: "index.docker.io")

    /// Searches Docker Hub, or the registry that the term begins with (`registry.example/word`), by docker's first
    /// API; few other registries have it.
    /// - Parameter limit: 1 to 100, which the caller has checked.
    public func search(_ term: String, limit: Int = 25) async throws -> [SearchResult] {
        let slash = term.firstIndex(of: "/")
        let first = slash.map { term[..<$0] } ?? ""
        guard let slash, first.contains(where: { $0 == "." || $0 == ":" }) || first == "localhost" else {
            let endpoint = Endpoint(base: Self.dockerHubIndex, domain: "docker.io")
            return try await search(term, limit, at: endpoint)
        }
        let host = String(first)
        let rest = String(term[term.index(after: slash)...])
        return try await atEndpoint(ofDomain: host, for: .pull) { endpoint in
            try await search(rest, limit, at: endpoint)
        }
    }

    func search(_ term: String, _ limit: Int, at endpoint: Endpoint) async throws -> [SearchResult] {
        let url = endpoint.base.replacing(target: endpoint.base.target + "v1/search")
            .appending(query: "q", term).appending(query: "n", "\(limit)")
        let answer = try await sender.send(RegistryRequest(.GET, url: url, scopes: []), to: endpoint)
        guard answer.isSuccess else {
            await answer.response.drain()
            throw answer.failure(.protocolViolation("Unexpected status code \(answer.status)"))
        }
        let body = try await answer.collect(limit: Self.documentLimit)
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONParser.parse(body)
        } catch {
            throw answer.failure(.invalidDocument("error decoding registry search results: \(error)"))
        }
        return (document.field("results")?.array ?? []).map { result in
            SearchResult(
                name: result.field("name")?.string ?? "", description: result.field("description")?.string ?? "",
                stars: result.field("star_count")?.int ?? 0, isOfficial: result.field("is_official")?.bool ?? false,
                isAutomated: result.field("is_automated")?.bool ?? false)
        }
    }
}
