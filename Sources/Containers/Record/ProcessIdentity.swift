// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A process that can be told from a later one with the same number: pid, start time and boot.
public struct ProcessIdentity: Sendable, Equatable, Codable {
    public let pid: Int32
    /// Clock ticks since boot, field 22 of /proc/PID/stat (proc(5)).
    public let startTicks: UInt64
    public let bootID: String

    /// The running process `pid`; `nil` when there is none or it is a zombie.
    public init?(pid: Int32) {
        guard pid > 0, let ticks = Self.startTicks(of: pid) else { return nil }
        self.pid = pid
        startTicks = ticks
        bootID = Self.currentBootID
    }

    /// Whether this very process still runs.
    public var isAlive: Bool {
        bootID == Self.currentBootID && Self.startTicks(of: pid) == startTicks
    }

    /// Sends `signal` unless the process is gone.
    ///
    /// - Returns: `false` when there was no such process any more.
    public func signal(_ signal: Int32) -> Bool {
        // A pidfd pins the process, so the identity can be checked before the signal goes out.
        let descriptor = clinux_pidfd_open(pid)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return isAlive && clinux_pidfd_signal(descriptor, signal) == 0
    }

    private static var currentBootID: String {
        guard let bytes = try? Files.read("/proc/sys/kernel/random/boot_id", limit: 64) else { return "" }
        return String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" }
    }

    private static func startTicks(of pid: Int32) -> UInt64? {
        guard let bytes = try? Files.read("/proc/\(pid)/stat", limit: 4096),
            // The command name in parentheses may hold anything, so count from its end.
            let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
        guard fields.count > 19, fields[0] != [UInt8(ascii: "Z")][...], fields[0] != [UInt8(ascii: "X")][...] else {
            return nil
        }
        return UInt64(String(decoding: fields[19], as: UTF8.self))
    }
}
