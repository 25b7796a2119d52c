// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Why a change of a configuration is refused. The texts are those of docker's Dockerfile parser.
public enum ConfigChangeError: Error, Hashable, CustomStringConvertible {
    // The file.
    case noInstructions
    case lineTooLong
    case repeatedDirective(String)
    case invalidEscape(String)
    case unterminatedHeredoc
    /// An instruction that changes no configuration, as it was typed.
    case notAllowed(String)

    // The arguments of an instruction, which is named.
    case noArguments(String)
    case notOneArgument(String)
    case notTwoArguments(String)
    case blankName(String)
    case noEqualsSign(word: String)
    case notStringArray
    case unknownFlag(String, suggestion: String?)
    case repeatedFlag(String)
    case flagWithoutValue(String)

    // One instruction each.
    case chainedTrigger
    case trigger(String)
    case emptyVolume
    case emptyDirectory
    case invalidSignal(String)
    case port(PortError)
    case healthcheck(HealthcheckError)

    /// Variables in a word that can't be expanded.
    case expansion(word: String, ExpansionError)

    public var description: String {
        switch self {
        case .noInstructions: "file with no instructions"
        case .lineTooLong: "dockerfile line greater than max allowed size of \(Dockerfile.maximumLineLength)"
        case .repeatedDirective(let name): "only one \(name) parser directive can be used"
        case .invalidEscape(let token): "invalid escape token '\(token)' does not match ` or \\"
        case .unterminatedHeredoc: "unterminated heredoc"
        case .notAllowed(let name): "\(name) is not a valid change command"
        case .emptyVolume: "VOLUME specified can not be an empty string"
        case .emptyDirectory: "cannot normalize nothing"
        case .invalidSignal(let signal): "invalid signal: \(signal)"
        case .chainedTrigger: "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"
        case .trigger(let name): "\(name) isn't allowed as an ONBUILD trigger"
        case .port(let error): error.description
        case .healthcheck(let error): error.description
        case .expansion(let word, let error): "failed to process \(GoQuote.quoted(word)): \(error)"
        default: argumentText
        }
    }

    private var argumentText: String {
        switch self {
        case .noArguments(let name): "\(name) requires at least one argument"
        case .notOneArgument(let name): "\(name) requires exactly one argument"
        case .notTwoArguments(let name): "\(name) must have two arguments"
        case .blankName(let name): "\(name) names can not be blank"
        case .noEqualsSign(let word):
            "Syntax error - can't find = in \(GoQuote.quoted(word)). Must be of the form: name=value"
        case .notStringArray: "when using JSON array syntax, arrays must be comprised of strings only"
        case .unknownFlag(let name, let suggestion):
            "unknown flag: \(name)" + (suggestion.map { " (did you mean \($0)?)" } ?? "")
        case .repeatedFlag(let name): "duplicate flag specified: \(name)"
        case .flagWithoutValue(let name): "missing a value on flag: \(name)"
        default: ""
        }
    }
}
