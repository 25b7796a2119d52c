// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import Synchronization

/// Answers challenges. Shared by all workers: each credential is looked up once and each token fetched once.
final class Authenticator: Sendable {
    private let credentials: any CredentialProvider
    private let realms: RealmPolicy
    private let clock: RegistryClock
    private let fetcher: TokenFetcher

    private let schemes = Mutex<[HTTPOrigin: AuthScheme]>([:])
    private let known = SingleFlight<String, Credential?>()
    private let tokens = SingleFlight<TokenRequest, AccessToken>()

    init(credentials: any CredentialProvider, realms: RealmPolicy, clock: RegistryClock, fetcher: TokenFetcher) {
        self.credentials = credentials
        self.realms = realms
        self.clock = clock
        self.fetcher = fetcher
    }

    /// Remembers how `endpoint` wants to be spoken to.
    /// - Returns: false when nothing in the challenges can be answered.
    func learn(_ headers: HTTPHeaders, from endpoint: Endpoint) -> Bool {
        guard let scheme = AuthScheme(AuthChallenge.parse(headers["WWW-Authenticate"])) else { return false }
        schemes.withLock { $0[endpoint.base.origin] = scheme }
        return true
    }

    /// What to send to `endpoint`; nil as long as it hasn't asked for anything.
    /// - Parameter rejected: the header that was answered with 401.
    func authorization(
        for endpoint: Endpoint, scopes: [AuthScope], rejected: Secret?
    ) async throws -> Authorization? {
        guard let scheme = schemes.withLock({ $0[endpoint.base.origin] }) else { return nil }
        let credential = try await credential(for: endpoint)
        if case .registryToken(let token) = credential {
            return Authorization(header: Secret("Bearer " + token.reveal()), isNew: true)
        }
        switch scheme {
        case .basic:
            guard let header = credential?.basic else { throw RegistryError(.noBasicCredentials) }
            return Authorization(header: header, isNew: true)
        case .bearer(let realm, let service):
            let url = try await realms.check(
                realm: realm, from: endpoint.base, domain: endpoint.domain, withCredentials: credential != nil)
            let request = TokenRequest(realm: url, service: service, scopes: scopes, credential: credential)
            return try await bearer(request, endpoint, rejected: rejected)
        }
    }

    /// What a login sends: made from this credential alone, and not kept.
    func prove(
        _ credential: Credential, by scheme: AuthScheme, to endpoint: Endpoint
    ) async throws -> (header: Secret, refreshToken: Secret?) {
        switch scheme {
        case .basic:
            guard let header = credential.basic else { throw RegistryError(.noBasicCredentials) }
            return (header, nil)
        case .bearer(let realm, let service):
            let url = try await realms.check(
                realm: realm, from: endpoint.base, domain: endpoint.domain, withCredentials: true)
            var request = TokenRequest(realm: url, service: service, scopes: [], credential: credential)
            request.isOffline = true
            let token = try await fetcher.fetch(request, for: endpoint)
            return (Self.header(token), token.refreshToken)
        }
    }

    private func bearer(
        _ request: TokenRequest, _ endpoint: Endpoint, rejected: Secret?
    ) async throws -> Authorization {
        let clock = clock
        let fetcher = fetcher
        let (token, isNew) = try await tokens.value(for: request) { token in
            token.isValid(at: clock.now()) && Self.header(token) != rejected
        } make: {
            try await fetcher.fetch(request, for: endpoint)
        }
        return Authorization(header: Self.header(token), isNew: isNew)
    }

    private static func header(_ token: AccessToken) -> Secret {
        Secret("Bearer " + token.token.reveal())
    }

    private func credential(for endpoint: Endpoint) async throws -> Credential? {
        let credentials = credentials
        let key = endpoint.credentialKey
        return try await known.value(for: key) { _ in
            true
        } make: {
            do {
                return try await credentials.credential(for: key)
            } catch let error as CredentialError {
                throw RegistryError(.credentials(error))
            }
        }.value
    }
}
