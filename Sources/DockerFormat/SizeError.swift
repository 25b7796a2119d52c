// SPDX-License-Identifier: Apache-2.0

/// Why a text is not a size, worded as docker's `go-units`.
public enum SizeError: Error, Hashable, CustomStringConvertible {
    /// No digit, or a negative number.
    case invalidSize(String)
    case invalidSuffix(String)
    case invalidNumber(NumberError)

    public var description: String {
        switch self {
        case .invalidSize(let text): "invalid size: '\(text)'"
        case .invalidSuffix(let suffix): "invalid suffix: '\(suffix)'"
        case .invalidNumber(let error): error.description
        }
    }
}
