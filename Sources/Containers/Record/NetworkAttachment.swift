// SPDX-License-Identifier: Apache-2.0

/// A running container's place in the bridge network; docker's `NetworkSettings`.
public struct NetworkAttachment: Sendable, Equatable, Codable {
    public struct BoundPort: Sendable, Equatable, Codable {
        public var hostIP: String
        public var hostPort: UInt16
        public var containerPort: UInt16
        public var transport: String
    }

    public var network: String
    public var ipAddress: String
    public var prefixLength: Int
    public var gateway: String
    public var macAddress: String
    public var ports: [BoundPort]
}
