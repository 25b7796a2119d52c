// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// Docker's `config.json`. Keys that nobody here knows are kept, in place, for the next writer.
public struct ClientConfig: Sendable {
    /// Where it came from and goes back to.
    public let path: String
    private var members: [JSONValue.Member]
    public private(set) var auths: [String: AuthEntry] = [:]

    /// An empty configuration that would be saved at `path`.
    public init(path: String) {
        self.path = path
        members = []
    }

    /// - Throws: `ConfigError` with the path in front.
    public init(parsing bytes: [UInt8], path: String) throws(ConfigError) {
        self.init(path: path)
        guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }) else { return }
        members = try Self.members(bytes, path)
        for member in document.field("auths")?.members ?? [] {
            do {
                auths[member.name] = try AuthEntry(member.value)
            } catch {
                throw ConfigError("\(path): \(error)")
            }
        }
    }

    private static func members(_ bytes: [UInt8], _ path: String) throws(ConfigError) -> [JSONValue.Member] {
        do {
            if let members = try JSONParser.parse(bytes).members { return members }
        } catch {
            throw ConfigError("\(path): \(error)")
        }
        throw ConfigError("\(path): the top level isn't an object")
    }

    private var document: JSONValue { .object(members) }

    /// `DOCKER_CONFIG`, else `~/.docker`.
    public static func directory(environment: [String: String], home: String) -> String {
        if let directory = environment["DOCKER_CONFIG"], !directory.isEmpty { return directory }
        return home + "/.docker"
    }

    /// The file in `directory`; empty when there is none.
    public static func load(directory: String) throws(ConfigError) -> ClientConfig {
        let path = directory + "/config.json"
        guard let bytes = try FileReader.read(path) else { return ClientConfig(path: path) }
        return try ClientConfig(parsing: bytes, path: path)
    }

    /// The file in `directory` for those who only read: as with docker, one that can't be used counts as none.
    /// - Returns: docker's words for what is wrong with it.
    public static func reading(directory: String) -> (config: ClientConfig, problem: String?) {
        let path = directory + "/config.json"
        do {
            guard let bytes = try FileReader.read(path) else { return (ClientConfig(path: path), nil) }
            do {
                return (try ClientConfig(parsing: bytes, path: path), nil)
            } catch {
                let reason = error.description.dropFirst("\(path): ".count)
                return (ClientConfig(path: path), "parsing config file (\(path)): \(reason)")
            }
        } catch {
            return (ClientConfig(path: path), "loading config file: \(error)")
        }
    }

    /// The `DOCKER_AUTH_CONFIG` variable: `auths` in the same form, looked at before everything else.
    public static func environmentAuths(_ environment: [String: String]) throws(ConfigError) -> [String: AuthEntry] {
        guard let text = environment["DOCKER_AUTH_CONFIG"], !text.isEmpty else { return [:] }
        return try ClientConfig(parsing: Array(text.utf8), path: "DOCKER_AUTH_CONFIG").auths
    }
}

extension ClientConfig {
    /// A top-level text, such as `psFormat`.
    public func string(_ key: String) -> String? {
        document.field(key)?.string
    }

    /// A top-level map of texts, such as `HttpHeaders`.
    public func stringMap(_ key: String) -> [String: String] {
        document.field(key)?.stringMap ?? [:]
    }

    public var credsStore: String? { string("credsStore") }
    public var credHelpers: [String: String] { stringMap("credHelpers") }
    public var httpHeaders: [String: String] { stringMap("HttpHeaders") }
    /// Filters that every prune applies, `label=x` or `label!=x`.
    public var pruneFilters: [String] { (document.field("pruneFilters")?.array ?? []).compactMap(\.string) }
    public var psFormat: String? { string("psFormat") }
    public var imagesFormat: String? { string("imagesFormat") }

    /// The name of the credential helper for a key, if one is configured.
    public func helper(for key: String) -> String? {
        let helper = credHelpers[key] ?? credsStore
        return helper?.isEmpty == true ? nil : helper
    }

    public mutating func store(_ entry: AuthEntry, for key: String) {
        auths[key] = entry
        setAuth(key, entry.json)
    }

    public mutating func erase(_ key: String) {
        auths[key] = nil
        setAuth(key, nil)
    }

    private mutating func setAuth(_ key: String, _ value: JSONValue?) {
        var entries = document["auths"]?.members ?? []
        entries.removeAll { $0.name == key }
        if let value { entries.append(.init(key, value)) }
        entries.sort { $0.name < $1.name }
        if let index = members.firstIndex(where: { $0.name == "auths" }) {
            members[index].value = .object(entries)
        } else {
            members.insert(.init("auths", .object(entries)), at: 0)
        }
    }

    /// The file as docker would write it: indented by tabs, without a line feed at the end.
    public func encoded() -> [UInt8] {
        JSONWriter.bytes(document, indent: "\t")
    }
}
