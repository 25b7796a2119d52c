// SPDX-License-Identifier: Apache-2.0
import Containers
import Glibc

/// Reads what containers use, again and again: their share of the processors is the difference of two readings.
struct StatsMonitor {
    let host: ContainerHost
    /// Empty for all containers.
    let names: [String]
    /// Also those that don't run.
    let showsAll: Bool
    let style: RowStyle
    private var earlier: [ContainerID: ContainerStats] = [:]

    init(host: ContainerHost, names: [String], showsAll: Bool, style: RowStyle) {
        self.host = host
        self.names = names
        self.showsAll = showsAll
        self.style = style
    }

    /// - Throws: `StatusError` with a line for each container that isn't there.
    func checkNames() throws {
        var errors: [String] = []
        for name in names {
            do { _ = try host.engine.inspect(name) } catch { errors.append(host.context.text(of: error)) }
        }
        guard errors.isEmpty else { throw StatusError(errors.joined(separator: "\n")) }
    }

    /// Lets containers work between two readings. A single result comes as soon as it means something.
    func wait(isFirst: Bool) {
        usleep(isFirst ? 500_000 : 1_000_000)
    }

    /// The use since the last call.
    mutating func rows() throws -> [StatsRow] {
        var readings: [ContainerID: ContainerStats] = [:]
        let rows = try containers().map { argument, container in
            var row = StatsRow(argument: argument, id: container.id.hex, name: container.name, style: style)
            if let stats = try? host.engine.stats(container.id.hex) {
                readings[container.id] = stats
                row.fill(stats, since: earlier[container.id])
            }
            return row
        }
        earlier = readings
        return rows
    }

    private func containers() throws -> [(argument: String, container: Container)] {
        guard names.isEmpty else {
            // One that was removed meanwhile is no longer shown.
            return names.compactMap { name in (try? host.engine.inspect(name)).map { (name, $0) } }
        }
        return try host.engine.list().filter { showsAll || $0.state.isActive }.map { ($0.id.short, $0) }
    }

    /// The text over what the screen shows of the one before, without flickering (docker/cli, container/stats.go).
    static func overwriting(_ text: [UInt8]) -> [UInt8] {
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return Array(("\u{1B}[H" + lines.map { "\($0) \u{1B}[K\n" }.joined() + "\u{1B}[J").utf8)
    }
}

extension StatsRow {
    fileprivate mutating func fill(_ stats: ContainerStats, since earlier: ContainerStats?) {
        memory = stats.memory
        memoryLimit = stats.memoryLimit
        received = stats.networkReceived
        sent = stats.networkSent
        blocksRead = stats.blockRead
        blocksWritten = stats.blockWritten
        processes = stats.processes
        guard let earlier, stats.readAtNanoseconds > earlier.readAtNanoseconds,
            stats.cpuNanoseconds > earlier.cpuNanoseconds
        else { return }
        let time = Double(stats.readAtNanoseconds - earlier.readAtNanoseconds)
        cpu = Double(stats.cpuNanoseconds - earlier.cpuNanoseconds) / time * 100
    }
}
