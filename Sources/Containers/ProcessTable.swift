// SPDX-License-Identifier: Apache-2.0

/// Processes of a container as ps(1) lists them; docker's `top`.
public struct ProcessTable: Sendable, Equatable {
    public let titles: [String]
    public let processes: [[String]]

    /// Picks the rows of the processes in `pids` out of what ps printed, and those of their threads, whose process ID is
    /// `-`. The last column takes the rest of its line, with single blanks (moby `parsePSOutput`).
    init(ps text: String, keeping pids: Set<Int32>) throws(ContainerError) {
        let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        let titles = lines.first ?? []
        guard let column = titles.firstIndex(of: "PID") else { throw .system("Couldn't find PID field in ps output") }
        self.titles = titles
        var keepsThreads = false
        processes = lines.dropFirst().compactMap { fields in
            guard fields.count > column else { return nil }
            if fields[column] != "-" { keepsThreads = Int32(fields[column]).map(pids.contains) ?? false }
            guard keepsThreads else { return nil }
            return fields.prefix(titles.count - 1) + [fields.dropFirst(titles.count - 1).joined(separator: " ")]
        }
    }
}
