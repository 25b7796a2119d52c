// SPDX-License-Identifier: Apache-2.0
public import RegistryClient

/// The filters of `search`: `is-official`, `stars`, and `is-automated`, which nothing is any more (moby,
/// daemon/pkg/registry/search.go).
public struct SearchFilter: Sendable {
    private static let accepted: Set<String> = ["is-automated", "is-official", "stars"]

    private let isOfficial: Bool?
    private let isAutomated: Bool
    private let leastStars: Int

    public init(_ conditions: [FilterCondition]) throws(FilterError) {
        let arguments = try FilterArguments(conditions, accepting: Self.accepted)
        isAutomated = try arguments.flag("is-automated") ?? false
        isOfficial = try arguments.flag("is-official")
        var least = 0
        for text in arguments["stars"] {
            guard let stars = Int(text) else { throw .notNumber(name: "stars", value: text) }
            least = max(least, stars)
        }
        leastStars = least
    }

    public func passes(_ result: SearchResult) -> Bool {
        guard !isAutomated, result.stars >= leastStars else { return false }
        return isOfficial.map { $0 == result.isOfficial } ?? true
    }
}
