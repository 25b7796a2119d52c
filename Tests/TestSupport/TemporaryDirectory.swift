// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A directory of a test's own, which goes with the value.
public final class TemporaryDirectory: Sendable {
    public let path: String

    /// - Parameter base: where to make it; nil means the system's place for temporary files.
    public init(below base: String? = nil) throws {
        let base = base ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        path = "\(base)/dockerlite-test-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file below it, with the directories it needs.
    /// - Returns: its path.
    @discardableResult
    public func write(_ text: String, to name: String, mode: Int = 0o644) throws -> String {
        let file = "\(path)/\(name)"
        let directory = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}
