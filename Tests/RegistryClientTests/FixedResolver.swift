// SPDX-License-Identifier: Apache-2.0

@testable import RegistryClient

/// Knows the names it is told, and addresses.
struct FixedResolver: HostResolver {
    private let names: [String: String]

    init(_ names: [String: String] = [:]) {
        self.names = names
    }

    func addresses(of host: String) async -> [IPAddress] {
        [IPAddress(names[host] ?? host)].compactMap { $0 }
    }
}
