// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// What registries say beside their answers.
struct RegistryObservations: Sendable {
    private static let maximumNotices = 64

    private var rateLimits: [String: RateLimit] = [:]
    private var seen: Set<RegistryNotice> = []
    private var pending: [RegistryNotice] = []

    mutating func note(_ headers: HTTPHeaders, from domain: String) {
        if let limit = RateLimit(headers) { rateLimits[domain] = limit }
        for text in headers["Warning"].compactMap(WarningHeader.text) where seen.count < Self.maximumNotices {
            let notice = RegistryNotice(registry: domain, text: text)
            if seen.insert(notice).inserted { pending.append(notice) }
        }
    }

    func rateLimit(of domain: String) -> RateLimit? {
        rateLimits[domain]
    }

    mutating func takeNotices() -> [RegistryNotice] {
        defer { pending = [] }
        return pending
    }
}
