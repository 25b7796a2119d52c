// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Where a command reads from: standard input, or a test's bytes.
public final class Input: Sendable {
    /// Returns the next bytes, empty at the end.
    public typealias Source = @Sendable () throws -> [UInt8]

    private let pending = Mutex<[UInt8]>([])
    private let preceding: Output?
    private let source: Source
    private let measure: @Sendable () -> ScreenSize?

    /// The descriptor behind the source, for operations that stream from it; nothing must have been read before.
    public let fileDescriptor: Int32?

    /// - Parameter preceding: a stream whose bytes must be out before anything is read: a question before its answer.
    init(
        after preceding: Output? = nil, fileDescriptor: Int32? = nil,
        screen: @escaping @Sendable () -> ScreenSize? = { nil },
        source: @escaping Source
    ) {
        self.preceding = preceding
        self.fileDescriptor = fileDescriptor
        self.measure = screen
        self.source = source
    }

    /// The terminal's size now; nil when this is no terminal.
    var screen: ScreenSize? { measure() }

    public var isTerminal: Bool { measure() != nil }

    /// The next line without its newline; nil at the end.
    public func readLine() throws -> String? {
        try pending.withLock { pending in
            while true {
                if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: pending[..<end], as: UTF8.self)
                    pending.removeFirst(end + 1)
                    return line
                }
                let more = try next()
                if more.isEmpty {
                    if pending.isEmpty { return nil }
                    let line = String(decoding: pending, as: UTF8.self)
                    pending = []
                    return line
                }
                pending += more
            }
        }
    }

    /// Everything up to the end, at most `limit` bytes.
    /// - Throws: `StatusError` when there is more.
    public func readAll(limit: Int) throws -> [UInt8] {
        try pending.withLock { pending in
            while true {
                let more = try next()
                pending += more
                guard pending.count <= limit else { throw StatusError("more than \(limit) bytes on standard input") }
                if more.isEmpty {
                    let bytes = pending
                    pending = []
                    return bytes
                }
            }
        }
    }

    /// Writes out what has to be seen before anything is read.
    func flushPreceding() throws {
        try preceding?.flush()
    }

    private func next() throws -> [UInt8] {
        try flushPreceding()
        return try source()
    }
}
