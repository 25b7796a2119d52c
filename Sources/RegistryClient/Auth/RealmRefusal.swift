// SPDX-License-Identifier: Apache-2.0

/// Why a URL that a registry named isn't followed.
public enum RealmRefusal: Sendable, Hashable, CustomStringConvertible {
    case notAURL
    case plaintext
    case linkLocal
    case privateAddress
    case otherDomain(registry: String)

    public var description: String {
        switch self {
        case .notAURL: "it isn't an http or https URL"
        case .plaintext: "the registry uses https and this is plain http"
        case .linkLocal: "its address is link-local or reserved"
        case .privateAddress: "its address is private and the registry's is not"
        case .otherDomain(let registry):
            "it is in another domain than \(registry), whose credentials would go there"
        }
    }
}
