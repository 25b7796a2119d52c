// SPDX-License-Identifier: Apache-2.0

import OCI

/// `registries.conf`, version 2, with its drop-ins (containers-registries.conf(5)).
struct RegistriesConf: Sendable {
    struct Place: Sendable, Hashable {
        /// `host[:port][/path]`
        var location: String
        var isInsecure = false
        /// What it may be asked for; `tag-only` is `all` here: what a digest brings is checked anyway.
        var capabilities: Endpoint.Capabilities = [.pull, .resolve]
    }

    struct Registry: Sendable, Hashable {
        var prefix: String
        var place: Place
        var mirrors: [Place] = []
        var isBlocked = false
        /// The file it stands in.
        var path: String
        /// Whether it is there for an alias, which says where a name is read from, not where it is pushed to.
        var isAlias = false
    }

    struct Alias: Sendable, Hashable {
        /// `host[:port]/path`
        var target: String
        /// The file it stands in.
        var path: String

        /// Whether it is one of those that distributions ship with podman, which would send `fedora` or `centos`
        /// elsewhere on the machines that happen to have it. Docker's names stay docker's there.
        var isShipped: Bool { path.hasSuffix("shortnames.conf") }
    }

    private(set) var registries: [Registry] = []
    /// What short names stand for.
    private(set) var aliases: [String: Alias] = [:]
    private(set) var warnings: [String] = []

    private static let topKeys: Set<String> = [
        "registry", "aliases", "unqualified-search-registries", "short-name-mode", "credential-helpers",
        "additional-layer-store-auth-helper",
    ]

    /// Adds a file; its entries replace earlier ones of the same prefix.
    /// - Throws: `ConfigError` with the path in front.
    mutating func add(_ bytes: [UInt8], path: String) throws(ConfigError) {
        let document: TOMLTable
        do throws(TOMLError) {
            document = try TOMLParser.parse(bytes)
        } catch {
            throw ConfigError("\(path): \(error)")
        }
        if document["registries"] != nil {
            throw ConfigError("\(path): version 1 of registries.conf is no longer read: use [[registry]] tables")
        }
        for member in document.members where !Self.topKeys.contains(member.name) { warn(path, member.name) }
        for alias in document["aliases"]?.table?.members ?? [] {
            aliases[alias.name] = try Self.alias(alias, path)
        }
        for element in document["registry"]?.array ?? [] {
            do throws(ConfigError) {
                let registry = try registry(element.table ?? TOMLTable(), path)
                registries.removeAll { $0.prefix == registry.prefix }
                registries.append(registry)
            } catch {
                throw ConfigError("\(path): \(error)")
            }
        }
    }

    /// An empty target takes an earlier alias back.
    private static func alias(_ member: TOMLTable.Member, _ path: String) throws(ConfigError) -> Alias? {
        guard let target = member.value.string else {
            throw ConfigError("\(path): the alias \"\(member.name)\" must be a string")
        }
        guard !target.isEmpty else { return nil }
        let reference = try? Reference(normalizing: target)
        guard let reference, reference.tag == nil, reference.digest == nil,
            target == "\(reference.domain)/\(reference.path)"
        else {
            throw ConfigError(
                "\(path): the alias \"\(member.name)\" must be a registry and a repository, without a tag")
        }
        return Alias(target: target, path: path)
    }

    private mutating func warn(_ path: String, _ key: String) {
        warnings.append("\(path): unknown key \"\(key)\" is ignored")
    }

    private mutating func registry(_ table: TOMLTable, _ path: String) throws(ConfigError) -> Registry {
        var place = Place(location: "", capabilities: .all)
        var prefix = ""
        var mirrors: [Place] = []
        var isBlocked = false
        var isDigestOnly = false
        for member in table.members {
            switch member.name {
            case "location": place.location = try Self.string(member)
            case "prefix": prefix = try Self.string(member)
            case "insecure": place.isInsecure = try Self.boolean(member)
            case "blocked": isBlocked = try Self.boolean(member)
            case "mirror-by-digest-only": isDigestOnly = try Self.boolean(member)
            case "mirror":
                for element in member.value.array ?? [] { mirrors.append(try mirror(element.table, path)) }
            default: warn(path, "registry.\(member.name)")
            }
        }
        if prefix.isEmpty { prefix = place.location }
        guard !prefix.isEmpty else { throw ConfigError("a [[registry]] has neither prefix nor location") }
        guard !place.location.isEmpty || prefix.hasPrefix("*.") || isBlocked || !mirrors.isEmpty else {
            throw ConfigError("the [[registry]] of \"\(prefix)\" has no location")
        }
        if isDigestOnly {
            mirrors = mirrors.map { Place(location: $0.location, isInsecure: $0.isInsecure, capabilities: .pull) }
        }
        return Registry(prefix: prefix, place: place, mirrors: mirrors, isBlocked: isBlocked, path: path)
    }

    private mutating func mirror(_ table: TOMLTable?, _ path: String) throws(ConfigError) -> Place {
        var place = Place(location: "")
        for member in table?.members ?? [] {
            switch member.name {
            case "location": place.location = try Self.string(member)
            case "insecure": place.isInsecure = try Self.boolean(member)
            case "pull-from-mirror":
                switch try Self.string(member) {
                case "all", "tag-only", "": break
                case "digest-only": place.capabilities = .pull
                case let other: throw ConfigError("unsupported pull-from-mirror value \"\(other)\"")
                }
            default: warn(path, "registry.mirror.\(member.name)")
            }
        }
        guard !place.location.isEmpty else { throw ConfigError("a [[registry.mirror]] has no location") }
        return place
    }

    private static func string(_ member: TOMLTable.Member) throws(ConfigError) -> String {
        guard var text = member.value.string else { throw ConfigError("\"\(member.name)\" must be a string") }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    private static func boolean(_ member: TOMLTable.Member) throws(ConfigError) -> Bool {
        guard let flag = member.value.boolean else { throw ConfigError("\"\(member.name)\" must be true or false") }
        return flag
    }
}

extension RegistriesConf {
    /// Says of a shipped alias that it is not applied, where that makes a difference.
    func warning(for name: String) -> String? {
        guard let (short, alias) = alias(of: name), alias.isShipped else { return nil }
        return
            "\(alias.path): the alias \"\(short)\" of \(alias.target) is not applied: \(short) is \(name), as in docker"
    }

    /// The entry for a repository, `host[:port]/path`: the longest prefix wins, an alias before all.
    func registry(for name: String) -> Registry? {
        guard let alias = alias(of: name)?.alias, !alias.isShipped else { return covering(name) }
        guard let target = covering(alias.target) else {
            return Registry(prefix: name, place: Place(location: alias.target), path: alias.path, isAlias: true)
        }
        return target.isBlocked ? target : target.moved(from: alias.target, to: name)
    }

    private func covering(_ name: String) -> Registry? {
        registries.filter { $0.covers(name) }.max { $0.prefix.utf8.count < $1.prefix.utf8.count }
    }

    /// A name of Docker Hub is a short name, however it was written, unless its alias says the same.
    private func alias(of name: String) -> (short: String, alias: Alias)? {
        guard name.hasPrefix("docker.io/") else { return nil }
        let path = name.dropFirst("docker.io/".count)
        let short = String(path.hasPrefix("library/") ? path.dropFirst("library/".count) : path)
        guard let alias = aliases[short], alias.target != name else { return nil }
        return (short, alias)
    }
}

extension RegistriesConf.Registry {
    /// The entry that reads `name` from where this one reads `target`.
    fileprivate func moved(from target: String, to name: String) -> Self {
        let isWildcard = prefix.hasPrefix("*.")
        let host = target.prefix { $0 != "/" }
        func moved(_ place: RegistriesConf.Place) -> RegistriesConf.Place {
            var place = place
            let base = isWildcard ? String(host) : prefix
            place.capabilities.remove(.push)
            place.location = (place.location.isEmpty ? base : place.location) + target.dropFirst(base.count)
            return place
        }
        return RegistriesConf.Registry(
            prefix: name, place: moved(place), mirrors: mirrors.map(moved), path: path, isAlias: true)
    }

    /// - Parameter name: `host[:port]/path`, in full.
    func covers(_ name: String) -> Bool {
        guard prefix.hasPrefix("*.") else { return name == prefix || name.hasPrefix(prefix + "/") }
        let host = name.prefix { $0 != "/" }
        return host.hasSuffix(prefix.dropFirst())
    }
}
