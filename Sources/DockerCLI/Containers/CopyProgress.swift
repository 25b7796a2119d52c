// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// The line that shows how far a `cp` has come, on a terminal.
final class CopyProgress {
    /// Between two updates, as in docker.
    private static let interval = GoDuration(nanoseconds: 75_000_000)

    private let title: String
    private let context: Context
    private let isShown: Bool
    private var last: Timestamp
    private var bytes: Int64 = 0

    init(_ title: String, _ context: Context) {
        self.title = title
        self.context = context
        isShown = context.err.isTerminal
        last = context.clock()
        if isShown { context.err.write("\u{1B}[sPreparing to copy...") }
    }

    /// How much was copied, for people.
    var size: String { HumanSize.decimal(bytes, digits: 3) }

    func show(_ bytes: Int64) {
        self.bytes = bytes
        guard isShown else { return }
        let now = context.clock()
        guard now.subtracting(Self.interval) >= last else { return }
        last = now
        context.err.write("\u{1B}[u\u{1B}[2K\(title)\(size)")
    }

    /// Takes the line away.
    func finish() {
        if isShown { context.err.write("\u{1B}[u\u{1B}[2K") }
    }
}
