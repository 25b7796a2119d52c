// SPDX-License-Identifier: Apache-2.0

/// A repository that a search found.
public struct SearchResult: Sendable, Hashable {
    public let name: String
    public let description: String
    public let stars: Int
    public let isOfficial: Bool
    public let isAutomated: Bool
}
