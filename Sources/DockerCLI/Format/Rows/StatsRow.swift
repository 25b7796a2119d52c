// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// A row of `stats`. A container that doesn't run uses nothing.
struct StatsRow: ListingRow {
    /// The container as the user named it.
    var argument: String
    var id: String
    var name: String
    /// Percent of one processor.
    var cpu = 0.0
    /// Bytes.
    var memory: UInt64 = 0
    var memoryLimit: UInt64 = 0
    var received: UInt64 = 0
    var sent: UInt64 = 0
    var blocksRead: UInt64 = 0
    var blocksWritten: UInt64 = 0
    var processes: UInt64 = 0
    var style: RowStyle

    var goTypeName: String { "*container.statsContext" }

    static let columns = [
        ListingColumn("BlockIO", "BLOCK I/O"), ListingColumn("CPUPerc", "CPU %"),
        ListingColumn("Container", "CONTAINER"), ListingColumn("ID", "CONTAINER ID"), ListingColumn("MemPerc", "MEM %"),
        ListingColumn("MemUsage", "MEM USAGE / LIMIT"), ListingColumn("Name", "NAME"),
        ListingColumn("NetIO", "NET I/O"),
        ListingColumn("PIDs", "PIDS"),
    ]

    static func format(_ source: String) -> String {
        guard source == ListingFormat.defaultSource else { return source }
        return
            "table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}"
    }

    func value(of column: String) -> TemplateValue? {
        text(of: column).map { .string($0) }
    }

    private func text(of column: String) -> String? {
        switch column {
        case "Container": argument
        case "Name": name
        case "ID": style.id(id)
        case "CPUPerc": Self.percent(cpu)
        case "MemUsage": "\(HumanSize.binary(memory)) / \(HumanSize.binary(memoryLimit))"
        case "MemPerc": Self.percent(memoryLimit == 0 ? 0 : Double(memory) / Double(memoryLimit) * 100)
        case "NetIO": Self.pair(received, sent)
        case "BlockIO": Self.pair(blocksRead, blocksWritten)
        case "PIDs": String(processes)
        default: nil
        }
    }

    private static func pair(_ first: UInt64, _ second: UInt64) -> String {
        "\(HumanSize.decimal(first, digits: 3)) / \(HumanSize.decimal(second, digits: 3))"
    }

    /// Two decimals.
    private static func percent(_ value: Double) -> String {
        let hundredths = Int64(min(max(value, 0), 1e12) * 100 + 0.5)
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)%"
    }
}
