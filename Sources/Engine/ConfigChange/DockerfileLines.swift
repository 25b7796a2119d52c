// SPDX-License-Identifier: Apache-2.0

/// The logical lines of a Dockerfile: comments and directives taken out, continued lines joined.
struct DockerfileLines {
    private var lines: ArraySlice<Substring>
    private var directives = DockerfileDirectives()
    private var isFirst = true
    /// Reading stopped at a line that is too long.
    let hasLineTooLong: Bool

    init(_ text: String) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { Substring($0) }[...]
        if lines.last?.isEmpty == true { lines.removeLast() }
        let isShort = { (line: Substring) in line.utf8.count <= Dockerfile.maximumLineLength }
        self.lines = lines.prefix(while: isShort)
        hasLineTooLong = self.lines.count < lines.count
    }

    var escape: Unicode.Scalar { directives.escape }

    /// The next line with an instruction on it; nil at the end.
    mutating func next() throws(ConfigChangeError) -> String? {
        while let raw = lines.popFirst() {
            let line = Self.trimmingEnd(isFirst ? Self.withoutByteOrderMark(raw) : raw).drop(while: \.isGoSpace)
            isFirst = false
            try directives.read(line)
            guard line.first != "#" else { continue }
            guard let start = continued(line) else {
                if line.isEmpty { continue }
                return String(Substring(line))
            }
            return try joinContinuations(start)
        }
        return nil
    }

    /// Comments and empty lines between the parts of a continued line don't end it.
    private mutating func joinContinuations(_ start: Substring.UnicodeScalarView) throws(ConfigChangeError) -> String {
        var joined = String(Substring(start))
        while let raw = lines.popFirst() {
            let line = Self.trimmingEnd(raw)
            let visible = line.drop(while: \.isGoSpace)
            if visible.isEmpty || visible.first == "#" { continue }
            guard let part = continued(line) else { return joined + String(Substring(line)) }
            joined += String(Substring(part))
        }
        return joined
    }

    /// The line without its last character, if that is an escape that isn't escaped itself; nil for a line that ends.
    private func continued(_ line: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
        var line = line
        while line.last == " " || line.last == "\t" { line.removeLast() }
        guard line.popLast() == escape, line.last != escape else { return nil }
        return line
    }

    /// The here-documents that a line announces, with the lines that follow.
    mutating func heredocs(of line: String) throws(ConfigChangeError) -> [DockerfileInstruction.Heredoc] {
        var result: [DockerfileInstruction.Heredoc] = []
        for var heredoc in try HeredocMarker.markers(in: line) {
            var isTerminated = false
            while let raw = lines.popFirst() {
                let line = Self.trimmingEnd(raw)
                let end = heredoc.stripsTabs ? line.drop { $0 == "\t" } : line
                isTerminated = end.elementsEqual(heredoc.name.unicodeScalars)
                if isTerminated { break }
                heredoc.content += String(raw) + "\n"
            }
            guard isTerminated else { throw .unterminatedHeredoc }
            result.append(heredoc)
        }
        return result
    }

    private static func trimmingEnd(_ line: Substring) -> Substring.UnicodeScalarView {
        var scalars = line.unicodeScalars
        while scalars.last == "\r" { scalars.removeLast() }
        return scalars
    }

    private static func withoutByteOrderMark(_ line: Substring) -> Substring {
        line.unicodeScalars.first == "\u{FEFF}" ? Substring(line.unicodeScalars.dropFirst()) : line
    }
}
