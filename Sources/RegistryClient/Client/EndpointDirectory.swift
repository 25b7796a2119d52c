// SPDX-License-Identifier: Apache-2.0

import OCI
import Synchronization

/// The endpoints of each repository, found once, and which of them have turned out useless.
final class EndpointDirectory: Sendable {
    private let sources: [any EndpointSource]
    private let found = SingleFlight<String, [Endpoint]>()
    private let dead = Mutex<Set<HTTPURL>>([])
    private let memory: (any MirrorMemory)?
    /// What the memory had when a mirror was first looked for.
    private let remembered = Mutex<Set<String>?>(nil)

    init(sources: [any EndpointSource], memory: (any MirrorMemory)? = nil) {
        self.sources = sources
        self.memory = memory
    }

    /// Those of a repository that can do what is asked, without the ones known not to answer, unless none would be
    /// left. Mirrors that did not answer an earlier command come last: they may be back, and the registry may be gone.
    func endpoints(for repository: Repository, _ capability: Endpoint.Capabilities) async throws -> [Endpoint] {
        usable(try await endpoints(for: repository), capability)
    }

    /// Those of a registry as a whole.
    func endpoints(for domain: String, _ capability: Endpoint.Capabilities) async throws -> [Endpoint] {
        usable(try await find(domain) { try await $0.endpoints(for: domain) }, capability)
    }

    /// All that are configured for a repository, in order.
    func endpoints(for repository: Repository) async throws -> [Endpoint] {
        try await find(repository.canonical) { try await $0.endpoints(for: repository) }
    }

    private func usable(_ all: [Endpoint], _ capability: Endpoint.Capabilities) -> [Endpoint] {
        let capable = all.filter { $0.capabilities.contains(capability) }
        let alive = dead.withLock { dead in capable.filter { !dead.contains($0.base) } }
        let usable = alive.isEmpty ? capable : alive
        guard usable.contains(where: \.isMirror) else { return usable }
        let silent = silentMirrors
        return usable.filter { !$0.isMirror || !silent.contains($0.base.description) }
            + usable.filter { $0.isMirror && silent.contains($0.base.description) }
    }

    private var silentMirrors: Set<String> {
        remembered.withLock { remembered in
            let silent = remembered ?? memory?.unreachableMirrors() ?? []
            remembered = silent
            return silent
        }
    }

    private func find(
        _ name: String, _ ask: @Sendable (any EndpointSource) async throws -> [Endpoint]?
    ) async throws -> [Endpoint] {
        let sources = sources
        return try await found.value(for: name) { _ in
            true
        } make: {
            for source in sources {
                do {
                    if let endpoints = try await ask(source) { return endpoints }
                } catch let error as ConfigError {
                    throw RegistryError(.configuration(error))
                }
            }
            return []
        }.value
    }

    /// Not asked again by this client: it can't be connected to, and another endpoint answers.
    func markDead(_ endpoints: [Endpoint]) {
        guard !endpoints.isEmpty else { return }
        let isNew = dead.withLock { dead in
            let known = dead.count
            dead.formUnion(endpoints.map(\.base))
            return dead.count > known
        }
        let mirrors = endpoints.filter(\.isMirror).map(\.base.description)
        if isNew, !mirrors.isEmpty { memory?.note(unreachableMirrors: mirrors) }
    }
}
