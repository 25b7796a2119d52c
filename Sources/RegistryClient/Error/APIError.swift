// SPDX-License-Identifier: Apache-2.0

/// One error of a registry's answer.
public struct APIError: Hashable, Sendable, CustomStringConvertible {
    public let code: APIErrorCode
    public let message: String
    /// Without detail and with the default message only the code counts: docker then neither prints the message nor
    /// translates the error into its own words.
    public let isBare: Bool

    public init(_ code: APIErrorCode, message: String, isBare: Bool = false) {
        self.code = code
        self.message = message
        self.isBare = isBare
    }

    public var description: String {
        isBare ? code.description : "\(code): \(message)"
    }
}
