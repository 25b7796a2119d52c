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

    /// A name alone stands for our own variable of that name; it is left out when there is none.
    func resolved(_ texts: [String]) -> [String] {
        texts.compactMap { text in
            if text.utf8.contains(UInt8(ascii: "=")) { return text }
            return context.environment[text].map { "\(text)=\($0)" }
        }
    }

    func fromFiles(_ paths: [String]) throws -> [String] {
        resolved(try lines(ofFiles: paths))
    }

    /// The lines of the files that are neither empty nor comments.
    func lines(ofFiles paths: [String]) throws -> [String] {
        try paths.flatMap { path in
            let text = String(decoding: try UserFile(path, context).read(limit: 1 << 20), as: UTF8.self)
            return try text.split(separator: "\n").compactMap { try line(String($0), of: path) }
        }
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
