// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc

/// One HTTP exchange over a connected socket, as far as a docker engine needs it (RFC 9112).
final class EngineConnection {
    private enum Framing {
        case length(Int64)
        /// What is left of the chunk under way.
        case chunks(Int64)
        case untilClose
        case done
    }

    private static let headLimit = 64 << 10
    private static let messageLimit = 1 << 20

    private let socket: OwnedFD
    private let address: EngineAddress
    private var block = [UInt8](repeating: 0, count: 64 << 10)
    private var unread: Range<Int> = 0..<0
    private var framing = Framing.untilClose

    init(_ address: EngineAddress) throws {
        self.address = address
        socket = try address.connect()
    }

    // MARK: Request

    func writeRaw(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try writeRaw($0) }
    }

    /// Writes a piece of the body.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard !bytes.isEmpty else { return }
        try Task.checkCancellation()
        try writeRaw(Array("\(String(bytes.count, radix: 16))\r\n".utf8))
        try writeRaw(bytes)
        try writeRaw([0x0D, 0x0A])
    }

    private func writeRaw(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let count = Glibc.send(socket.rawValue, rest.baseAddress, rest.count, flags)
            if count < 0, errno == EAGAIN {
                var polled = [pollfd(fd: socket.rawValue, events: Int16(POLLOUT), revents: 0)]
                try CancellableRead.wait(for: &polled)
            } else if count < 0, errno != EINTR {
                throw IOError(errno: errno, operation: "write", path: "\(address)")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[max(count, 0)...])
        }
    }

    // MARK: Answer

    /// - Returns: the status.
    func readHead() throws -> Int {
        let words = try line().split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { throw malformed }
        var length = 0
        while true {
            let header = try line()
            if header.isEmpty { break }
            length += header.utf8.count
            guard length <= Self.headLimit else { throw malformed }
            let parts = header.split(separator: ":", maxSplits: 1)
            let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
            guard let name = parts.first else { throw malformed }
            switch name.lowercased() {
            case "content-length":
                guard let length = Int64(value), length >= 0 else { throw malformed }
                framing = .length(length)
            case "transfer-encoding" where value.lowercased() == "chunked": framing = .chunks(0)
            default: break
            }
        }
        // An engine may say first that it wants to hear the rest.
        return status == 100 ? try readHead() : status
    }

    /// Reads some of the body; 0 is its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        switch framing {
        case .done, .length(0): return 0
        case .untilClose: return try take(into: buffer, atMost: .max)
        case .length(let rest):
            let count = try take(into: buffer, atMost: rest)
            guard count > 0 else { throw tooShort }
            framing = .length(rest - Int64(count))
            return count
        case .chunks(0):
            guard let size = Int64(try line().prefix { $0 != ";" }, radix: 16), size >= 0 else { throw malformed }
            framing = size == 0 ? .done : .chunks(size)
            return try read(into: buffer)
        case .chunks(let rest):
            let count = try take(into: buffer, atMost: rest)
            guard count > 0 else { throw tooShort }
            framing = .chunks(rest - Int64(count))
            if rest == Int64(count), try !line().isEmpty { throw malformed }
            return count
        }
    }

    /// The rest of the body.
    func readAll() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = try piece.withUnsafeMutableBytes { try read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= Self.messageLimit else { throw malformed }
        }
    }

    /// What the engine says went wrong.
    func message() throws -> String {
        let body = try readAll()
        guard case .string(let text)? = (try? JSONParser.parse(body))?["message"] else {
            return String(decoding: body, as: UTF8.self)
        }
        return text
    }

    private func line() throws -> String {
        var bytes: [UInt8] = []
        while true {
            if unread.isEmpty { try fill() }
            let byte = block[unread.lowerBound]
            unread = unread.lowerBound + 1..<unread.upperBound
            if byte == 0x0A { break }
            bytes.append(byte)
            guard bytes.count <= Self.headLimit else { throw malformed }
        }
        if bytes.last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func take(into buffer: UnsafeMutableRawBufferPointer, atMost limit: Int64) throws -> Int {
        let most = Int(min(Int64(buffer.count), limit))
        guard !unread.isEmpty else {
            return try receive(UnsafeMutableRawBufferPointer(rebasing: buffer[..<most]))
        }
        let count = min(most, unread.count)
        buffer.copyBytes(from: block[unread.prefix(count)])
        unread = unread.lowerBound + count..<unread.upperBound
        return count
    }

    private func receive(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try CancellableRead.read(socket.rawValue, into: buffer)
    }

    private func fill() throws {
        let count = try block.withUnsafeMutableBytes { try receive($0) }
        guard count > 0 else { throw tooShort }
        unread = 0..<count
    }

    private var malformed: EngineError {
        EngineError("\(address): malformed HTTP response", phase: .stream)
    }

    private var tooShort: EngineError {
        EngineError("\(address): unexpected EOF", phase: .stream)
    }
}
