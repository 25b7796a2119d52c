// SPDX-License-Identifier: Apache-2.0

/// Why the variables and quotes of a word can't be processed, with docker's texts.
public enum ExpansionError: Error, Hashable, CustomStringConvertible {
    /// What was looked for in vain: `single-quote`, `double-quote` or a character.
    case unterminated(String)
    case missingBrace
    case missingSlash
    case badSubstitution
    case unsupportedModifier(String)
    /// `${name:?message}` of a variable without a value.
    case required(name: String, message: String)
    case invalidPattern(String, reason: String)
    /// Our own bound: docker takes any depth.
    case nestedTooDeeply

    public var description: String {
        switch self {
        case .unterminated(let delimiter): "unexpected end of statement while looking for matching \(delimiter)"
        case .missingBrace: "syntax error: missing '}'"
        case .missingSlash: "syntax error: missing '/' in ${}"
        case .badSubstitution: "syntax error: bad substitution"
        case .unsupportedModifier(let modifier): "unsupported modifier (\(modifier)) in substitution"
        case .required(let name, let message): "\(name): \(message)"
        case .invalidPattern(let pattern, let reason): "invalid pattern (\(pattern)) in substitution: \(reason)"
        case .nestedTooDeeply: "substitutions nested too deeply"
        }
    }
}
