// SPDX-License-Identifier: Apache-2.0

/// The texts of /etc/hosts, /etc/hostname and /etc/resolv.conf of a container.
enum EtcFiles {
    /// docker's layout: loopback names, the IPv6 groups, `--add-host` entries, then the container's own address.
    static func hosts(hostname: String, domainName: String, address: String?, extra: [String], gateway: String?)
        -> String
    {
        var text = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::\tip6-localnet
            ff00::\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters

            """
        text += extraHosts(extra, gateway: gateway)
        if let address, !hostname.isEmpty {
            let full = domainName.isEmpty ? hostname : "\(hostname).\(domainName) \(hostname)"
            text += "\(address)\t\(full)\n"
        }
        return text
    }

    /// Lines of `--add-host` entries.
    static func extraHosts(_ entries: [String], gateway: String?) -> String {
        var text = ""
        for entry in entries {
            // "name:ip" or "name=ip"; the address may be IPv6 and bring colons, so the first separator counts.
            guard let separator = entry.firstIndex(where: { $0 == ":" || $0 == "=" }) else { continue }
            var ip = String(entry[entry.index(after: separator)...])
            if ip.hasPrefix("["), ip.hasSuffix("]") { ip = String(ip.dropFirst().dropLast()) }
            if ip == "host-gateway" { ip = gateway ?? "127.0.0.1" }
            text += "\(ip)\t\(entry[..<separator])\n"
        }
        return text
    }

    /// The host's resolver configuration with the user's changes. Loopback servers cannot be reached from a network
    /// namespace of its own, so they are left out there; when none remains, Google's public ones stand in as in docker.
    static func resolvConf(
        host: String, servers: [String], search: [String], options: [String], sharesHostNetwork: Bool
    ) -> String {
        var kept: [String] = []
        var hostServers: [String] = []
        for line in host.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let key = words.first, !key.hasPrefix("#"), !key.hasPrefix(";") else { continue }
            switch key {
            case "nameserver" where words.count > 1:
                if sharesHostNetwork || !isLoopback(words[1]) { hostServers.append(words[1]) }
            case "search", "domain":
                if search.isEmpty { kept.append(words.joined(separator: " ")) }
            case "options":
                if options.isEmpty { kept.append(words.joined(separator: " ")) }
            default: kept.append(words.joined(separator: " "))
            }
        }
        var chosen = servers.isEmpty ? hostServers : servers
        if chosen.isEmpty, !sharesHostNetwork { chosen = ["8.8.8.8", "8.8.4.4"] }
        var lines = chosen.map { "nameserver \($0)" } + kept
        if !search.isEmpty, search != ["."] { lines.append("search " + search.joined(separator: " ")) }
        if !options.isEmpty { lines.append("options " + options.joined(separator: " ")) }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func isLoopback(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1"
    }
}
