// SPDX-License-Identifier: Apache-2.0

/// What a token is asked for: `repository:library/alpine:pull`.
struct AuthScope: Hashable, Sendable, CustomStringConvertible {
    enum Access: String, Sendable {
        case pull
        case pushAndPull = "push,pull"
        case delete = "delete,pull"
    }

    let path: String
    let access: Access

    var description: String { "repository:\(path):\(access.rawValue)" }
}
