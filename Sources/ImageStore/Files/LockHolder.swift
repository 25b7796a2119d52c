// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// Who holds a lock, for the message of somebody who waited for it.
public struct LockHolder: Hashable, Sendable, CustomStringConvertible {
    public let pid: Int32
    /// The command line of the process, empty when it cannot be read.
    public let command: String

    public var description: String { command.isEmpty ? "process \(pid)" : "process \(pid) (\(command))" }

    /// Asks /proc/locks, so that lock files stay empty and a shared holder is found too. Nil when the holder is in
    /// another PID namespace, where the kernel hides it.
    static func find(device: dev_t, inode: ino_t) -> LockHolder? {
        guard let table = readSmallFile("/proc/locks") else { return nil }
        // gnu_dev_major and gnu_dev_minor are macros that Swift does not see.
        let major = (device >> 8) & 0xfff | (device >> 32) & ~0xfff
        let minor = device & 0xff | (device >> 12) & ~0xff
        let name = "\(hex(major)):\(hex(minor)):\(inode)"
        for line in table.split(separator: "\n") {
            // "12: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF"; waiters have "->" after the number (proc(5)).
            let fields = line.split(separator: " ")
            guard fields.count >= 6, fields[1] == "FLOCK", fields[5] == name, let pid = Int32(fields[4]), pid > 0 else {
                continue
            }
            return LockHolder(pid: pid, command: commandLine(of: pid))
        }
        return nil
    }

    private static func hex(_ number: UInt) -> String {
        let digits = String(number, radix: 16)
        return digits.utf8.count < 2 ? "0\(digits)" : digits
    }

    private static func commandLine(of pid: Int32) -> String {
        guard let words = readSmallFile("/proc/\(pid)/cmdline") else { return "" }
        return words.split(separator: "\0").joined(separator: " ")
    }

    private static func readSmallFile(_ path: String) -> String? {
        guard let file = try? OwnedFD(opening: path, flags: O_RDONLY) else { return nil }
        return (try? file.readAll(limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
    }
}
