// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// A bearer token and when it ends.
struct AccessToken: Sendable {
    /// Shorter lives are taken for this one, as in docker: servers leave the field out or mean it badly.
    private static let minimumLife: Duration = .seconds(60)
    /// A token that ends while the request travels is no use.
    private static let margin: Duration = .seconds(5)

    let token: Secret
    let refreshToken: Secret?
    private let end: Duration

    /// Reads a token server's answer: `token` or `access_token`, the latter before the former.
    ///
    /// `issued_at` isn't looked at: it only says something when both clocks agree, and a token that ended early is
    /// fetched again after the 401 that follows.
    /// - Parameter now: the client's clock.
    init(parsing body: [UInt8], now: Duration) throws(RegistryError) {
        let document: JSONValue
        do {
            document = try JSONParser.parse(body)
        } catch {
            throw RegistryError(.invalidDocument("unable to decode token response: \(error)"))
        }
        let texts = ["access_token", "token"].compactMap { document.field($0)?.string }
        // A line feed in it would split the request's head.
        guard let token = texts.first(where: { !$0.isEmpty }), token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { throw RegistryError(.noToken) }
        self.token = Secret(token)
        refreshToken = document.field("refresh_token")?.string.map { Secret($0) }
        let life = document.field("expires_in")?.int.map { Duration.seconds(min(max($0, 0), 1 << 30)) } ?? .zero
        end = now + max(life, Self.minimumLife) - Self.margin
    }

    func isValid(at now: Duration) -> Bool { now < end }
}
