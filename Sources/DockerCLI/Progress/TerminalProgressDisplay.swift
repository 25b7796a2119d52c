// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine

/// One line an item, redrawn in place with docker's own escape sequences (jsonmessage.go, checked against a capture).
///
/// Where docker's drawing breaks, this one holds: a line never exceeds the terminal's width, and a list longer than the
/// screen shows a window whose top scrolls away only when that line has reached its last state.
struct TerminalProgressDisplay: ProgressDisplay {
    private struct Line {
        let id: String
        var status: String
        var amount: ProgressAmount?
        var isFinal: Bool { TerminalProgressDisplay.finalStates.contains(status) }
    }

    private static let finalStates: Set<String> = [
        "Already exists", "Pull complete", "Pushed", "Layer already exists", "Loaded",
    ]

    private var lines: [Line] = []
    private var positions: [String: Int] = [:]
    /// Lines that have been given a place on the screen; those after them wait for room.
    private var shown = 0
    /// The first line that may still change: those before it have scrolled away or are settled.
    private var top = 0

    mutating func render(_ event: ProgressEvent, on size: ScreenSize) -> String {
        switch event {
        case .message(let id?, let text): finish(on: size) + "\(visible(id)): \(visible(text))\n"
        case .message(nil, let text): finish(on: size) + "\(visible(text))\n"
        case .warning(let text): finish(on: size) + "WARNING: \(visible(text))\n"
        case .update(let id, let status, let amount): update(id, status, amount, size)
        }
    }

    mutating func finish(on size: ScreenSize) -> String {
        var output = ""
        while shown < lines.count { output += reveal(size) }
        lines = []
        positions = [:]
        shown = 0
        top = 0
        return output
    }

    private mutating func update(_ id: String, _ status: String, _ amount: ProgressAmount?, _ size: ScreenSize)
        -> String
    {
        let index: Int
        if let known = positions[id] {
            index = known
            lines[index].status = status
            lines[index].amount = amount
        } else {
            index = lines.count
            positions[id] = index
            lines.append(Line(id: id, status: status, amount: amount))
        }
        guard index < shown else { return revealWhatFits(size) }
        return redraw(index, size) + revealWhatFits(size)
    }

    private mutating func revealWhatFits(_ size: ScreenSize) -> String {
        var output = ""
        while shown < lines.count {
            while top < shown, lines[top].isFinal { top += 1 }
            guard shown - top < capacity(size) else { break }
            output += reveal(size)
        }
        return output
    }

    /// The rows that may be redrawn: the cursor rests on the row below the list.
    private func capacity(_ size: ScreenSize) -> Int {
        size.rows > 1 ? size.rows - 1 : Int.max
    }

    private mutating func reveal(_ size: ScreenSize) -> String {
        shown += 1
        return "\n" + redraw(shown - 1, size)
    }

    private func redraw(_ index: Int, _ size: ScreenSize) -> String {
        let distance = shown - index
        guard distance <= capacity(size) else { return "" }
        return "\u{1B}[\(distance)A\u{1B}[2K\r\(text(of: lines[index], size))\r\u{1B}[\(distance)B"
    }

    private func text(of line: Line, _ size: ScreenSize) -> String {
        let text = "\(visible(line.id)): \(visible(line.status)) \(line.amount?.bar(width: size.columns) ?? "")"
        return text.utf8.count < size.columns ? text : DisplayWidth.prefix(of: text, columns: max(1, size.columns - 1))
    }

    /// IDs and states can hold text that a registry chose: escape sequences in it must not reach the terminal.
    private func visible(_ text: String) -> String {
        TerminalText.escaped(text)
    }
}
