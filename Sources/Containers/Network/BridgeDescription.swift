// SPDX-License-Identifier: Apache-2.0

/// The bridge of a store, for people.
public struct BridgeDescription: Sendable, Equatable {
    /// `172.31.0.0/16`.
    public let subnet: String
    public let gateway: String
    public let interface: String
}

extension ContainerEngine {
    /// Nil until a container has been on the bridge.
    public var bridge: BridgeDescription? {
        guard let bridge = try? network().configured else { return nil }
        return BridgeDescription(
            subnet: bridge.subnet.description, gateway: bridge.gateway, interface: bridge.interface)
    }
}
