// SPDX-License-Identifier: Apache-2.0

/// One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1).
struct AuthChallenge: Sendable, Equatable {
    /// Lower case.
    let scheme: String
    /// Names in lower case; of a repeated name the first counts.
    let parameters: [String: String]

    var isBearer: Bool { scheme == "bearer" }
    var isBasic: Bool { scheme == "basic" }

    /// Every challenge of all the headers, in order. Malformed rests are dropped: what came before them still counts.
    static func parse(_ headers: [String]) -> [AuthChallenge] {
        var challenges: [AuthChallenge] = []
        for header in headers.prefix(AuthChallengeParser.maximumChallenges) {
            var parser = AuthChallengeParser(header)
            challenges += parser.challenges()
        }
        return Array(challenges.prefix(AuthChallengeParser.maximumChallenges))
    }
}
