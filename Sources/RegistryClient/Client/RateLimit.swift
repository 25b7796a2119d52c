// SPDX-License-Identifier: Apache-2.0

public import NIOHTTP1

/// What is left of a quota, as Docker Hub tells it with answers about manifests.
public struct RateLimit: Sendable, Hashable {
    /// Requests within the window, if the registry says so.
    public let limit: Int?
    public let remaining: Int?
    /// In seconds.
    public let window: Int?
    /// Whom the quota is counted for: an address or an account.
    public let source: String?

    /// Reads `ratelimit-limit: 100;w=21600` and its companions; nil when there are none.
    public init?(_ headers: HTTPHeaders) {
        let limit = headers.first(name: "ratelimit-limit").flatMap(Self.parse)
        let remaining = headers.first(name: "ratelimit-remaining").flatMap(Self.parse)
        guard limit != nil || remaining != nil else { return nil }
        self.limit = limit?.value
        self.remaining = remaining?.value
        window = limit?.window ?? remaining?.window
        source = headers.first(name: "docker-ratelimit-source").map {
            ErrorResponse.printable(Array($0.utf8.prefix(100)))
        }
    }

    private static func parse(_ text: String) -> (value: Int, window: Int?)? {
        let parts = text.split(separator: ";")
        guard let value = parts.first.flatMap({ Int($0.filter { $0 != " " }) }) else { return nil }
        let window = parts.dropFirst().map { $0.filter { $0 != " " } }.first { $0.hasPrefix("w=") }
        return (value, window.flatMap { Int($0.dropFirst(2)) })
    }
}
