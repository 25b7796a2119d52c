// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

extension RequestSender {
    /// `GET /v2/` first without, then with the credential; the first answer's challenge says how.
    func checkLogin(_ credential: Credential, at endpoint: Endpoint) async throws -> LoginResult {
        let line = RequestLine(method: "GET", url: endpoint.ping)
        let first = try await exchange(RegistryRequest(.GET, "", scopes: []), endpoint, line, nil)
        let challenges = AuthChallenge.parse(first.response.headers["WWW-Authenticate"])
        guard let scheme = AuthScheme(challenges) else {
            guard first.isSuccess else { throw loginFailure(first, endpoint) }
            await first.response.drain()
            return LoginResult(identityToken: nil)
        }
        await first.response.drain()
        let proof: (header: Secret, refreshToken: Secret?)
        do {
            proof = try await authenticator.prove(credential, by: scheme, to: endpoint)
        } catch let error as RegistryError {
            throw error.request == nil
                ? error.during(line) : RegistryError(.caused(by: error), request: line, host: first.host)
        }
        let authorization = Authorization(header: proof.header, isNew: true)
        let second = try await exchange(RegistryRequest(.GET, "", scopes: []), endpoint, line, authorization)
        guard second.isSuccess else { throw loginFailure(second, endpoint) }
        await second.response.drain()
        return LoginResult(identityToken: proof.refreshToken)
    }

    private func loginFailure(_ answer: RegistryAnswer, _ endpoint: Endpoint) -> RegistryError {
        let kind = RegistryError.Kind.loginFailed(
            url: endpoint.ping.redacted, status: HTTPStatus.text(answer.status))
        return RegistryError(kind, host: answer.host)
    }
}
