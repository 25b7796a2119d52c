// SPDX-License-Identifier: Apache-2.0

/// One host of a `hosts.toml` with its settings.
struct HostEntry: Sendable {
    var capabilities: Endpoint.Capabilities = .all
    /// Paths as written, relative ones to the file's directory.
    var authorities: [String] = []
    /// A certificate's path and its key's; the same path when one file holds both.
    var clientCertificate: (chain: String, key: String)?
    var skipsVerification = false
    var headers: [EndpointHeader] = []
    /// The address is the API's root: no `/v2` is added.
    var overridesPath = false
    var dialTimeout: Duration?

    /// - Parameter warn: told each key that nobody knows.
    init(_ table: TOMLTable, isTopLevel: Bool, warn: (String) -> Void) throws(ConfigError) {
        for member in table.members {
            switch member.name {
            case "capabilities": capabilities = try Self.capabilities(member.value)
            case "ca": authorities = try Self.strings(member)
            case "client": clientCertificate = try Self.client(member.value)
            case "skip_verify": skipsVerification = try Self.boolean(member)
            case "override_path": overridesPath = try Self.boolean(member)
            case "header": headers = try Self.headers(member.value)
            case "dial_timeout": dialTimeout = try Self.duration(member)
            case "server", "host": if !isTopLevel { warn(member.name) }
            default: warn(member.name)
            }
        }
    }

    private static func capabilities(_ value: TOMLValue) throws(ConfigError) -> Endpoint.Capabilities {
        var capabilities: Endpoint.Capabilities = []
        for element in value.array ?? [value] {
            switch element.string {
            case "pull": capabilities.insert(.pull)
            case "resolve": capabilities.insert(.resolve)
            case "push": capabilities.insert(.push)
            // Nothing here asks for referrers.
            case "referrers": break
            default: throw ConfigError("unknown capability \(element.string ?? "that is no string")")
            }
        }
        return capabilities.isEmpty ? .all : capabilities
    }

    private static func strings(_ member: TOMLTable.Member) throws(ConfigError) -> [String] {
        let values = member.value.array ?? [member.value]
        let texts = values.compactMap(\.string)
        guard texts.count == values.count else {
            throw ConfigError("\"\(member.name)\" must be a string or a list of strings")
        }
        return texts
    }

    private static func boolean(_ member: TOMLTable.Member) throws(ConfigError) -> Bool {
        guard let flag = member.value.boolean else { throw ConfigError("\"\(member.name)\" must be true or false") }
        return flag
    }

    /// A file with certificate and key, a list of such files, or a list of pairs; TLS offers one, the first.
    private static func client(_ value: TOMLValue) throws(ConfigError) -> (chain: String, key: String)? {
        let error = ConfigError("\"client\" must be a string, a list of strings or a list of pairs of strings")
        guard let list = value.array else {
            guard let path = value.string else { throw error }
            return (path, path)
        }
        guard let first = list.first else { return nil }
        if let path = first.string { return (path, path) }
        let pair = (first.array ?? []).compactMap(\.string)
        guard pair.count == 2 || pair.count == 1 else { throw error }
        return (pair[0], pair[pair.count - 1].isEmpty ? pair[0] : pair[pair.count - 1])
    }

    private static func headers(_ value: TOMLValue) throws(ConfigError) -> [EndpointHeader] {
        guard let table = value.table else { throw ConfigError("\"header\" must be a table") }
        var headers: [EndpointHeader] = []
        for member in table.members {
            for text in try strings(member) {
                guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                    throw ConfigError("the header \"\(member.name)\" has a control character")
                }
                headers.append(EndpointHeader(member.name, text))
            }
        }
        return headers
    }

    private static func duration(_ member: TOMLTable.Member) throws(ConfigError) -> Duration {
        guard let text = member.value.string, let duration = GoDurationText.parse(text), duration > .zero else {
            throw ConfigError("\"\(member.name)\" must be a duration such as \"200ms\"")
        }
        return duration
    }
}
