// SPDX-License-Identifier: Apache-2.0

/// `NO_PROXY`: hosts, domains, addresses and blocks that are reached directly (Go's `httpproxy`).
struct ProxyExceptions: Sendable {
    private enum Rule: Sendable {
        case everything
        case block(NetworkBlock)
        case address(IPAddress, port: Int?)
        /// `suffix` starts with a dot; `itself` says whether the bare domain counts too.
        case domain(suffix: String, itself: Bool, port: Int?)
    }

    private let rules: [Rule]

    init(_ text: String) {
        rules = text.split(separator: ",").compactMap { Self.rule($0) }
    }

    private static func rule(_ entry: Substring) -> Rule? {
        let text = entry.lowercased().split { $0 == " " || $0 == "\t" }.first.map(String.init) ?? ""
        if text == "*" { return .everything }
        if let block = NetworkBlock(text) { return .block(block) }
        if let address = IPAddress(text) { return .address(address, port: nil) }
        let star = text.hasPrefix("*.") ? String(text.dropFirst()) : text
        guard let authority = Authority(parsing: star) else { return nil }
        if let address = IPAddress(authority.host) { return .address(address, port: authority.port) }
        let isSuffix = authority.host.hasPrefix(".")
        return .domain(
            suffix: isSuffix ? authority.host : "." + authority.host, itself: !isSuffix, port: authority.port)
    }

    /// Loopback is always reached directly.
    func contains(_ origin: HTTPOrigin) -> Bool {
        let address = IPAddress(origin.host)
        if origin.host == "localhost" || address?.isLoopback == true { return true }
        return rules.contains { rule in
            switch rule {
            case .everything: true
            case .block(let block): address.map(block.contains) ?? false
            case .address(let excepted, let port): excepted == address && (port ?? origin.port) == origin.port
            case .domain(let suffix, let itself, let port):
                (port ?? origin.port) == origin.port
                    && (origin.host.hasSuffix(suffix) || (itself && origin.host == suffix.dropFirst()))
            }
        }
    }
}
