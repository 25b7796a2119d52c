// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The endpoints of each registry, found once, and which of them have turned out useless.
final class EndpointDirectory: Sendable {
    private let sources: [any EndpointSource]
    private let found = SingleFlight<String, [Endpoint]>()
    private let dead = Mutex<Set<HTTPURL>>([])

    init(sources: [any EndpointSource]) {
        self.sources = sources
    }

    /// Those that can do what is asked, without the ones known not to answer, unless none would be left.
    func endpoints(for domain: String, _ capability: Endpoint.Capabilities) async throws -> [Endpoint] {
        let sources = sources
        let all = try await found.value(for: domain) { _ in
            true
        } make: {
            for source in sources {
                do {
                    if let endpoints = try await source.endpoints(for: domain) { return endpoints }
                } catch let error as ConfigError {
                    throw RegistryError(.configuration(error))
                }
            }
            return []
        }.value.filter { $0.capabilities.contains(capability) }
        let alive = dead.withLock { dead in all.filter { !dead.contains($0.base) } }
        return alive.isEmpty ? all : alive
    }

    /// Not asked again by this client: it can't be connected to, and another endpoint answers.
    func markDead(_ endpoints: [Endpoint]) {
        guard !endpoints.isEmpty else { return }
        dead.withLock { $0.formUnion(endpoints.map(\.base)) }
    }
}
