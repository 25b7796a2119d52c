// SPDX-License-Identifier: Apache-2.0

/// Why a redirect isn't followed.
public enum RedirectRefusal: Sendable, Hashable, CustomStringConvertible {
    case notAURL
    case downgrade
    case address(RealmRefusal)
    case tooMany(limit: Int)

    public var description: String {
        switch self {
        case .notAURL: "it isn't an http or https URL"
        case .downgrade: "it leads from https to plain http"
        case .address(let reason): reason.description
        case .tooMany(let limit): "stopped after \(limit) redirects"
        }
    }
}
