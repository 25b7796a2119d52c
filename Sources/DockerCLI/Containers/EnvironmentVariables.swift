// SPDX-License-Identifier: Apache-2.0

/// Reads `-e`, `--env-file` and `--label-file` as docker's client does.
struct EnvironmentVariables {
    private let context: Context

    init(_ context: Context) {
        self.context = context
    }

    /// Refuses a variable without a name.
    static func checked(_ text: String) throws -> String {
        guard !text.isEmpty, !text.hasPrefix("=") else { throw FlagError("invalid environment variable: \(text)") }
        return text
    }

    /// A name alone stands for our own variable of that name; where there is none, it takes away the image's.
    func resolved(_ texts: [String]) -> [String] {
        texts.map { value(of: $0) ?? $0 }
    }

    /// A name alone whose variable isn't set is left out.
    func fromFiles(_ paths: [String]) throws -> [String] {
        try lines(ofFiles: paths).compactMap(value(of:))
    }

    private func value(of text: String) -> String? {
        if text.utf8.contains(UInt8(ascii: "=")) { return text }
        return context.environment[text].map { "\(text)=\($0)" }
    }

    /// The lines of the files that are neither empty nor comments.
    func lines(ofFiles paths: [String]) throws -> [String] {
        try paths.flatMap { path in
            let bytes = try UserFile(path, context).read(limit: 1 << 20)
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            return try lines.enumerated().compactMap { number, bytes in
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw StatusError(
                        "invalid env file (\(path)): invalid utf8 bytes at line \(number + 1): \(Self.list(bytes))")
                }
                return try line(text, of: path)
            }
        }
    }

    /// As Go prints a slice of bytes.
    private static func list(_ bytes: some Sequence<UInt8>) -> String {
        "[" + bytes.map { "\($0)" }.joined(separator: " ") + "]"
    }

    private func line(_ text: String, of path: String) throws -> String? {
        var text = text.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
        if text.last == "\r" { text = text.dropLast() }
        guard !text.isEmpty, text.first != "#" else { return nil }
        let name = text.prefix { $0 != "=" }
        guard !name.isEmpty else {
            throw StatusError("invalid env file (\(path)): no variable name on line '\(text)'")
        }
        guard !name.contains(where: { $0 == " " || $0 == "\t" }) else {
            throw StatusError("invalid env file (\(path)): variable '\(name)' contains whitespaces")
        }
        return String(text)
    }
}
