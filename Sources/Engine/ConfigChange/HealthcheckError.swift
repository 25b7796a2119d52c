// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// What is wrong with a HEALTHCHECK, with docker's texts.
public enum HealthcheckError: Error, Hashable, CustomStringConvertible {
    case noneTakesNoArguments
    case missingCommand
    case unknownType(String)
    /// Less than a millisecond; with the flag's name.
    case tooShort(flag: String)
    case negativeRetries(Int64)
    case duration(GoDurationError)
    case number(NumberError)

    public var description: String {
        switch self {
        case .noneTakesNoArguments: "HEALTHCHECK NONE takes no arguments"
        case .missingCommand: "Missing command after HEALTHCHECK CMD"
        case .unknownType(let type): "Unknown type \(GoQuote.quoted(type)) in HEALTHCHECK (try CMD)"
        case .tooShort(let flag): "Interval \(GoQuote.quoted(flag)) cannot be less than 1ms"
        case .negativeRetries(let count): "--retries cannot be negative (\(count))"
        case .duration(let error): error.description
        case .number(let error): error.description
        }
    }
}
