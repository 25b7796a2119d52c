// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Why a platform specifier can't be read. The texts are containerd's, which docker prints.
public enum PlatformError: Error, Hashable, Sendable, CustomStringConvertible {
    case wildcard(specifier: String)
    case invalidOS(component: String, specifier: String)
    case invalidComponent(component: String, specifier: String)
    case unknown(specifier: String)
    case tooManyComponents(specifier: String)

    public var description: String {
        reason + ": invalid argument"
    }

    private var reason: String {
        switch self {
        case .wildcard(let specifier):
            "\(GoQuote.quoted(specifier)): wildcards not yet supported"
        case .invalidOS(let component, let specifier):
            "\(GoQuote.quoted(component)) is an invalid OS component of \(GoQuote.quoted(specifier)): "
                + #"OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$""#
        case .invalidComponent(let component, let specifier):
            "\(GoQuote.quoted(component)) is an invalid component of \(GoQuote.quoted(specifier)): "
                + #"platform specifier component must match "^[A-Za-z0-9_.-]+$""#
        case .unknown(let specifier):
            "\(GoQuote.quoted(specifier)): unknown operating system or architecture"
        case .tooManyComponents(let specifier):
            "\(GoQuote.quoted(specifier)): cannot parse platform specifier"
        }
    }
}
