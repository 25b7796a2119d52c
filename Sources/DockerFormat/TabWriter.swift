// SPDX-License-Identifier: Apache-2.0

/// Aligns tab-terminated cells as Go's `text/tabwriter`, with docker's settings: cells at least 10 columns wide, 3
/// spaces between them, widths in terminal columns.
///
/// A column is a block of neighbouring lines that have a tab-terminated cell at its place; the text after a line's last
/// tab is not part of any column and is never padded.
public struct TabWriter: Sendable {
    private struct Cell {
        var text: ArraySlice<UInt8>
        var width: Int
    }

    public var minimumWidth: Int
    public var padding: Int

    public init(minimumWidth: Int = 10, padding: Int = 3) {
        self.minimumWidth = minimumWidth
        self.padding = padding
    }

    /// `text` with its tabs replaced by spaces. Vertical tabs end cells like tabs, form feeds lines like newlines.
    public func align(_ text: String) -> String {
        String(decoding: align(Array(text.utf8)), as: UTF8.self)
    }

    /// `align` for UTF-8 bytes.
    public func align(_ text: [UInt8]) -> [UInt8] {
        let isLineEnd: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == 0x0C }
        let isCellEnd: (UInt8) -> Bool = { $0 == UInt8(ascii: "\t") || $0 == 0x0B }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: isLineEnd).map { line in
            line.split(omittingEmptySubsequences: false, whereSeparator: isCellEnd).map { cell in
                Cell(text: cell, width: DisplayWidth.columns(ofUTF8: cell))
            }
        }
        let widths = columnWidths(of: lines)
        var output: [UInt8] = []
        output.reserveCapacity(text.count * 2)
        for (index, line) in lines.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "\n")) }
            for (column, cell) in line.enumerated() {
                output.append(contentsOf: cell.text)
                if column + 1 < line.count {
                    output.append(contentsOf: repeatElement(0x20, count: widths[index][column] - cell.width))
                }
            }
        }
        return output
    }

    /// For each line the widths of its tab-terminated cells.
    private func columnWidths(of lines: [[Cell]]) -> [[Int]] {
        var widths = lines.map { [Int](repeating: minimumWidth, count: max(0, $0.count - 1)) }
        // The lines of each open block, by column: a block ends at the first line without that cell.
        var blockStarts: [Int] = []
        for index in 0...lines.count {
            let cells = index < lines.count ? widths[index].count : 0
            while blockStarts.count > cells {
                let column = blockStarts.count - 1
                let block = blockStarts.removeLast()..<index
                let widest = block.reduce(minimumWidth) { max($0, lines[$1][column].width + padding) }
                for line in block { widths[line][column] = widest }
            }
            while blockStarts.count < cells { blockStarts.append(index) }
        }
        return widths
    }
}
