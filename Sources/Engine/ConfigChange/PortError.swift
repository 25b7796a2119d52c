// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a port specification, with docker's texts.
public enum PortError: Error, Hashable, Sendable, CustomStringConvertible {
    case noPort(String)
    case invalidProtocol(String)
    case invalidAddress(String)
    case invalidBrackets(String, reason: String)
    case invalidContainerPort(String)
    case invalidHostPort(String)
    case rangesDiffer(container: String, host: String)

    public var description: String {
        switch self {
        case .noPort(let text): "no port specified: \(text)<empty>"
        case .invalidProtocol(let name): "invalid proto: \(name)"
        case .invalidAddress(let address): "invalid IP address: \(address)"
        case .invalidBrackets(let address, let reason): "invalid IP address \(address): \(reason)"
        case .invalidContainerPort(let port): "invalid containerPort: \(port)"
        case .invalidHostPort(let port): "invalid hostPort: \(port)"
        case .rangesDiffer(let container, let host):
            "invalid ranges specified for container and host Ports: \(container) and \(host)"
        }
    }
}
