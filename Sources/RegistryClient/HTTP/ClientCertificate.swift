// SPDX-License-Identifier: Apache-2.0

/// A certificate chain and its key, both PEM.
public struct ClientCertificate: Sendable, Hashable, CustomStringConvertible {
    public let chain: [UInt8]
    let key: Secret

    public init(chain: [UInt8], key: [UInt8]) {
        self.chain = chain
        self.key = Secret(String(decoding: key, as: UTF8.self))
    }

    public var description: String { "client certificate of \(chain.count) bytes" }
}
