// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The shipped binary starts fast because it links neither libFoundation nor ICU (61 MB and 1.3 ms more when it does).
struct LinkageTests {
    /// Set by `make test`, which builds the release binary first.
    private static let binary = ProcessInfo.processInfo.environment["DOCKERLITE_RELEASE_BINARY"]

    @Test(.enabled(if: binary != nil)) func `the release binary loads neither Foundation nor ICU`() throws {
        let libraries = try Self.output(of: "/usr/bin/ldd", [try #require(Self.binary)])
        #expect(libraries.contains("libc.so"), "ldd printed: \(libraries)")
        for name in ["libFoundation", "Foundation.so", "icu", "libswift", "libarchive", "libxml2", "libcrypto"] {
            #expect(!libraries.contains(name), "\(name) is loaded:\n\(libraries)")
        }
    }

    @Test(.enabled(if: binary != nil)) func `the release binary holds no ICU data`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: try #require(Self.binary)), options: .alwaysMapped)
        #expect(data.range(of: Data("_FoundationICU".utf8)) == nil)
        #expect(data.range(of: Data("icudt".utf8)) == nil)
    }

    /// Beside a binary in a directory that others write to there may be anything.
    @Test(.enabled(if: binary != nil)) func `the release binary loads no library from its own directory`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: try #require(Self.binary)), options: .alwaysMapped)
        #expect(data.range(of: Data("$ORIGIN".utf8)) == nil)
    }

    private static func output(of program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
