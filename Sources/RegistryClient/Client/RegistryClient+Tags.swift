// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import NIOHTTP1
public import OCI

extension RegistryClient {
    /// A registry that never stops handing out pages isn't listing tags.
    private static let maximumPages = 10_000
    /// Bytes of all tags together; half a million of the longest.
    private static let maximumSize = 64 << 20

    /// All tags of the repository, in the registry's order; what isn't a tag by the grammar is left out.
    public func tags(of repository: Repository) async throws -> [String] {
        try await atEndpoint(of: repository, for: .resolve) { endpoint in
            var tags: [String] = []
            var next: HTTPURL? = endpoint.url("\(repository.path)/tags/list")
            var visited: Set<HTTPURL> = []
            var size = 0
            while let url = next {
                guard visited.count < Self.maximumPages, visited.insert(url).inserted else {
                    throw RegistryError(
                        .protocolViolation("the pages of the list of tags never end"), host: endpoint.base.authority)
                }
                let page = try await page(url, repository, endpoint)
                size += page.tags.reduce(0) { $0 + $1.utf8.count }
                guard size <= Self.maximumSize else {
                    throw RegistryError(
                        .protocolViolation("the list of tags is larger than \(Self.maximumSize) bytes"),
                        host: endpoint.base.authority)
                }
                tags += page.tags.filter { ReferenceScanner.isTag($0.utf8[...]) }
                next = page.next
            }
            return tags
        }
    }

    private func page(
        _ url: HTTPURL, _ repository: Repository, _ endpoint: Endpoint
    ) async throws -> (tags: [String], next: HTTPURL?) {
        let scopes = [AuthScope(path: repository.path, access: .pull)]
        return try await retrying(.document, clock: clock) {
            let answer = try await sender.send(RegistryRequest(.GET, url: url, scopes: scopes), to: endpoint)
            note(answer, repository)
            guard answer.isSuccess else { throw await answer.error() }
            let body = try await answer.collect(limit: Self.documentLimit)
            let document: JSONValue
            do throws(JSONError) {
                document = try JSONParser.parse(body)
            } catch {
                throw answer.failure(.invalidDocument(error.description))
            }
            return (
                tags: (document.field("tags")?.array ?? []).compactMap(\.string),
                next: try next(answer, url, endpoint)
            )
        }
    }

    /// The next page has to be on the registry itself: anything else would carry its token elsewhere.
    private func next(_ answer: RegistryAnswer, _ url: HTTPURL, _ endpoint: Endpoint) throws -> HTTPURL? {
        guard let link = answer.response.headers.first(name: "Link").flatMap(LinkHeader.next) else { return nil }
        guard let next = url.resolving(link), next.origin == endpoint.base.origin else {
            throw answer.failure(.protocolViolation("the next page of the list of tags is on another host"))
        }
        return next
    }
}
