// SPDX-License-Identifier: Apache-2.0
import CISAL

/// gzip (RFC 1952) over ISA-L: any number of members, headers parsed, CRC-32 and length of each member checked.
///
/// Sendable although it holds pointers: it is their only owner and cannot be copied, so one thread at a time can use it.
struct GzipInflater: ~Copyable, @unchecked Sendable {
    private enum Phase {
        /// At the first byte of the stream or just after a member.
        case betweenMembers
        case inMember
        /// Zero bytes after the last member, which gzip(1) and tape-minded writers leave.
        case padding
    }

    private static let outputSize = 256 * 1024

    private let state: UnsafeMutablePointer<inflate_state>
    private let output: UnsafeMutableRawBufferPointer
    private var phase = Phase.betweenMembers
    private var members = 0

    init() {
        state = .allocate(capacity: 1)
        output = .allocate(byteCount: Self.outputSize, alignment: 64)
        isal_inflate_init(state)
    }

    deinit {
        state.deallocate()
        output.deallocate()
    }

    mutating func push(_ chunk: UnsafeRawBufferPointer, _ emit: Inflater.Sink) throws {
        var rest = chunk
        while !rest.isEmpty {
            // avail_in is 32 bits wide.
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            try pushPiece(piece, emit)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
        }
    }

    func finish() throws(InflateError) {
        guard phase != .inMember, members > 0 else { throw .truncated(.gzip) }
    }

    private mutating func pushPiece(_ piece: UnsafeRawBufferPointer, _ emit: Inflater.Sink) throws {
        let input = piece.bindMemory(to: UInt8.self)
        state.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        state.pointee.avail_in = UInt32(input.count)
        while true {
            switch phase {
            case .betweenMembers:
                guard state.pointee.avail_in > 0 else { return }
                beginMemberOrPadding()
            case .padding:
                try expectZeros()
                return
            case .inMember:
                let produced = try inflateOnce(emit)
                let isFinished = state.pointee.block_state == ISAL_BLOCK_FINISH
                if isFinished {
                    phase = .betweenMembers
                } else if state.pointee.avail_in == 0, produced < output.count {
                    return
                }
            }
        }
    }

    private mutating func beginMemberOrPadding() {
        if members > 0, state.pointee.next_in[0] == 0 {
            phase = .padding
            return
        }
        isal_inflate_reset(state)
        state.pointee.crc_flag = UInt32(ISAL_GZIP)
        phase = .inMember
        members += 1
    }

    private func inflateOnce(_ emit: Inflater.Sink) throws -> Int {
        state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(output.count)
        let code = isal_inflate(state)
        let produced = output.count - Int(state.pointee.avail_out)
        guard code >= ISAL_DECOMP_OK, code != ISAL_NEED_DICT else { throw error(for: code) }
        if produced > 0 { try emit(UnsafeRawBufferPointer(rebasing: output[..<produced])) }
        return produced
    }

    private func error(for code: Int32) -> InflateError {
        switch code {
        case ISAL_INCORRECT_CHECKSUM: .corrupt(.gzip, reason: "checksum or length of a member does not match")
        case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD:
            members > 1 ? .trailingGarbage(.gzip) : .corrupt(.gzip, reason: "invalid header")
        case ISAL_INVALID_BLOCK: .corrupt(.gzip, reason: "invalid block type")
        case ISAL_INVALID_SYMBOL: .corrupt(.gzip, reason: "invalid symbol")
        case ISAL_INVALID_LOOKBACK: .corrupt(.gzip, reason: "invalid distance")
        default: .corrupt(.gzip, reason: "decoder error \(code)")
        }
    }

    private func expectZeros() throws(InflateError) {
        let rest = UnsafeBufferPointer(start: state.pointee.next_in, count: Int(state.pointee.avail_in))
        guard rest.allSatisfy({ $0 == 0 }) else { throw .trailingGarbage(.gzip) }
        state.pointee.avail_in = 0
    }
}
