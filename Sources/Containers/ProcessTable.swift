// SPDX-License-Identifier: Apache-2.0

/// Processes of a container as ps(1) lists them; docker's `top`.
public struct ProcessTable: Sendable, Equatable {
    public let titles: [String]
    public let processes: [[String]]

    /// Picks the rows of the processes in `pids` out of what ps printed; the last column takes the rest of its line.
    init(ps text: String, keeping pids: Set<Int32>) throws(ContainerError) {
        let lines = text.split(separator: "\n")
        let titles = lines.first.map { $0.split(whereSeparator: \.isWhitespace).map(String.init) } ?? []
        guard let column = titles.firstIndex(of: "PID") else { throw .system("Couldn't find PID field in ps output") }
        self.titles = titles
        processes = lines.dropFirst().compactMap { line in
            let fields = line.split(maxSplits: titles.count - 1, whereSeparator: \.isWhitespace).map(String.init)
            guard fields.count > column, let pid = Int32(fields[column]), pids.contains(pid) else { return nil }
            return fields
        }
    }
}
