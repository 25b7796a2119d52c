// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc

/// Reads a container's log from some line on and hands out what the container wrote.
struct LogReader {
    typealias Sink = (LogStream, [UInt8]) throws -> Void

    private let options: LogOptions
    private let sink: Sink
    private var rest: [UInt8] = []
    /// Whether the last content of a stream had no newline, so that the next goes on in the same line.
    private var isMidLine = (stdout: false, stderr: false)
    /// A line later than `until` was seen.
    private(set) var isPastEnd = false

    init(options: LogOptions, sink: @escaping Sink) {
        self.options = options
        self.sink = sink
    }

    /// Reads everything that is in the file behind its position.
    mutating func drain(_ file: borrowing OwnedFD) throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isPastEnd {
            let count = try Self.read(file, into: &buffer)
            if count == 0 { return }
            try take(buffer[..<count])
        }
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) throws {
        rest += bytes
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if let line = LogLine(rest[start..<end]) { try emit(line) }
            start = end + 1
        }
        rest.removeFirst(start)
    }

    private mutating func emit(_ line: LogLine) throws {
        if let since = options.since, line.time < since { return }
        if let until = options.until, until < line.time {
            isPastEnd = true
            return
        }
        var output: [UInt8] = []
        let continues = line.stream == .stdout ? isMidLine.stdout : isMidLine.stderr
        if options.showsTimestamps, !continues { output += Array(line.time.logPrefix.utf8) }
        if options.showsDetails, !continues { output.append(UInt8(ascii: " ")) }
        output += line.content
        if !line.isPartial { output.append(UInt8(ascii: "\n")) }
        if line.stream == .stdout { isMidLine.stdout = line.isPartial } else { isMidLine.stderr = line.isPartial }
        try sink(line.stream, output)
    }

    /// Moves the file's position to its last `count` messages.
    static func seek(_ file: borrowing OwnedFD, tail count: Int) throws {
        guard count > 0 else {
            lseek(file.rawValue, 0, SEEK_END)
            return
        }
        let start = try tailOffset(file, count: count)
        lseek(file.rawValue, off_t(start), SEEK_SET)
    }

    /// Goes through the file backwards by blocks, so that a long log costs no more than its wanted end.
    private static func tailOffset(_ file: borrowing OwnedFD, count: Int) throws -> Int64 {
        let size = Int64(try file.status().st_size)
        var window: [UInt8] = []
        var start = size
        while start > 0 {
            let length = min(start, 65_536)
            start -= length
            window = try block(file, at: start, count: Int(length)) + window
            // The first line of the window may be cut unless the window begins the file.
            if let offset = messageStart(in: window, count: count, isWhole: start == 0) { return start + offset }
        }
        return 0
    }

    /// The offset at which the last `count` messages begin; `nil` when the window has fewer.
    private static func messageStart(in window: [UInt8], count: Int, isWhole: Bool) -> Int64? {
        var ends: [Int] = []
        var start = 0
        var isCut = !isWhole
        while let end = window[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if !isCut, LogLine.endsMessage(window[start..<end]) { ends.append(end + 1) }
            isCut = false
            start = end + 1
        }
        let hasOpenMessage = (ends.last ?? 0) < window.count
        let wanted = hasOpenMessage ? count - 1 : count
        guard ends.count > wanted else { return isWhole ? 0 : nil }
        return Int64(ends[ends.count - 1 - wanted])
    }

    private static func block(_ file: borrowing OwnedFD, at offset: Int64, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let descriptor = file.rawValue
        let received = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
        guard received == count else { throw IOError(errno: received < 0 ? errno : EIO, operation: "read log") }
        return bytes
    }

    private static func read(_ file: borrowing OwnedFD, into buffer: inout [UInt8]) throws -> Int {
        let descriptor = file.rawValue
        let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw IOError(errno: errno, operation: "read log") }
        return count
    }
}
