// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file system in memory of a size that a test sets; mounted as long as the value lives.
public final class SmallDisk: Sendable {
    /// Whether file systems can be mounted here.
    public static let isAvailable = geteuid() == 0 && (try? SmallDisk(kibibytes: 64)) != nil

    public var path: String { directory.path }
    private let directory: TemporaryDirectory

    public init(kibibytes: Int) throws {
        directory = try TemporaryDirectory()
        try TestCommand.check(["mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", directory.path])
    }

    deinit {
        _ = try? TestCommand.run(["umount", "-l", directory.path])
    }

    public func resize(kibibytes: Int) throws {
        try TestCommand.check(["mount", "-o", "remount,size=\(kibibytes)k", directory.path])
    }

    public func makeReadOnly() throws {
        try TestCommand.check(["mount", "-o", "remount,ro", directory.path])
    }

    /// Writes a file that leaves so many bytes free.
    public func fill(leaving bytes: Int) throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
        try Data(count: max(0, free - bytes)).write(to: URL(fileURLWithPath: path + "/filler"))
    }

    /// Takes the file away again.
    public func empty() throws {
        try FileManager.default.removeItem(atPath: path + "/filler")
    }
}
