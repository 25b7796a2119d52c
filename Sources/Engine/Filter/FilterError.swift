// SPDX-License-Identifier: Apache-2.0
public import DockerFormat
public import OCI

/// A filter that cannot be used, in the words of docker's engine.
public enum FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The verb has no filter of this name.
    case unknownName(String)
    /// Neither or both of true and false.
    case notBoolean(name: String, values: [String])
    case notNumber(name: String, value: String)
    case invalidTime(TimeError)
    case severalTimes
    case invalidPattern(GlobPatternError)

    public var description: String {
        switch self {
        case .unknownName(let name): "invalid filter '\(name)'"
        case .notBoolean(let name, let values): "invalid filter '\(name)=[\(values.joined(separator: " "))]'"
        case .notNumber(let name, let value):
            "invalid filter '\(name)=\(value)': strconv.Atoi: parsing \(GoQuote.quoted(value)): invalid syntax"
        case .invalidTime(let error): "\(error)"
        case .severalTimes: "more than one until filter specified"
        case .invalidPattern(let error): "\(error)"
        }
    }
}
