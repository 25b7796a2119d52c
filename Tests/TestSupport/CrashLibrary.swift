// SPDX-License-Identifier: Apache-2.0
import Foundation

/// `Tests/Tools/crash-at.c`, compiled: preloaded, it kills a program at its k-th change of a file below a directory.
public final class CrashLibrary: Sendable {
    /// Whether there is a C compiler to build it with.
    public static var isAvailable: Bool { compiler != nil }

    private static var compiler: String? {
        ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first { access($0, X_OK) == 0 }
    }

    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/crash-at.so" }
    private var countFile: String { directory.path + "/count" }

    public init() throws {
        directory = try TemporaryDirectory()
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        try TestCommand.check([
            Self.compiler ?? "cc", "-shared", "-fPIC", "-O1", "-o", path, tests.path + "/Tools/crash-at.c", "-ldl",
        ])
    }

    /// Words to put before a command line. `step` 0 lets it run to its end and counts.
    public func prefix(step: Int, below root: String, tearsWrites: Bool = false) -> [String] {
        ["env", "LD_PRELOAD=\(path)", "CRASH_ROOT=\(root)", "CRASH_AT=\(step)", "CRASH_COUNT=\(countFile)"]
            + (tearsWrites ? ["CRASH_TORN=1"] : [])
    }

    /// The changes that the last program made, if it came to its end.
    public func count() throws -> Int {
        Int(try String(contentsOfFile: countFile, encoding: .utf8).prefix { $0.isNumber }) ?? 0
    }
}
