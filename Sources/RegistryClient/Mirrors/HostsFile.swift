// SPDX-License-Identifier: Apache-2.0

/// containerd's `hosts.toml`: where the content of one registry comes from (containerd, docs/hosts.md).
struct HostsFile: Sendable {
    /// The registry itself, asked last; nil is its usual address.
    let server: HTTPURL?
    let serverEntry: HostEntry
    /// Mirrors in the order of the file.
    let hosts: [(url: HTTPURL, entry: HostEntry)]
    /// Keys nobody knows, one sentence each.
    let warnings: [String]

    /// - Throws: `ConfigError` with the path in front.
    init(parsing bytes: [UInt8], path: String) throws(ConfigError) {
        do throws(TOMLError) {
            try self.init(TOMLParser.parse(bytes), path: path)
        } catch {
            throw ConfigError("\(path): \(error)")
        }
    }

    private init(_ document: TOMLTable, path: String) throws(TOMLError) {
        // Errors of content have no line of their own; the text names the key.
        do throws(ConfigError) {
            try self.init(checked: document, path: path)
        } catch {
            throw TOMLError(line: 1, reason: error.description)
        }
    }

    private init(checked document: TOMLTable, path: String) throws(ConfigError) {
        var unknown: [String] = []
        serverEntry = try HostEntry(document, isTopLevel: true) { unknown.append($0) }
        switch document["server"] {
        case nil: server = nil
        case .string(let text): server = text.isEmpty ? nil : try Self.url(text)
        default: throw ConfigError("\"server\" must be a string")
        }
        var hosts: [(HTTPURL, HostEntry)] = []
        for member in document["host"]?.table?.members ?? [] {
            guard let table = member.value.table else { throw ConfigError("host.\"\(member.name)\" must be a table") }
            let entry = try HostEntry(table, isTopLevel: false) { unknown.append("host.\(member.name).\($0)") }
            hosts.append((try Self.url(member.name), entry))
        }
        self.hosts = hosts
        warnings = unknown.map { "\(path): unknown key \"\($0)\" is ignored" }
    }

    /// Without a scheme it is https, as in containerd.
    private static func url(_ text: String) throws(ConfigError) -> HTTPURL {
        let full = text.contains("://") ? text : "https://" + text
        guard let url = HTTPURL(parsing: full), !url.target.contains("?") else {
            throw ConfigError("\"\(text)\" is not the address of a host")
        }
        return url
    }
}
