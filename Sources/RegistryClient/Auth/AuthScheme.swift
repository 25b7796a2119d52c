// SPDX-License-Identifier: Apache-2.0

/// How an endpoint wants to be spoken to, learnt from its first challenge.
enum AuthScheme: Sendable, Equatable {
    case basic
    case bearer(realm: String, service: String)

    /// The strongest scheme among the challenges that we can answer.
    init?(_ challenges: [AuthChallenge]) {
        if let bearer = challenges.first(where: { $0.isBearer && $0.parameters["realm"] != nil }) {
            self = .bearer(realm: bearer.parameters["realm"] ?? "", service: bearer.parameters["service"] ?? "")
        } else if challenges.contains(where: \.isBasic) {
            self = .basic
        } else {
            return nil
        }
    }
}
