// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A layer for tests: a tar of small files in one of the forms that registries serve.
public struct TestLayer: Sendable {
    public enum Form: String, Sendable, CaseIterable {
        case gzip = "application/vnd.oci.image.layer.v1.tar+gzip"
        case zstd = "application/vnd.oci.image.layer.v1.tar+zstd"
        case plain = "application/vnd.oci.image.layer.v1.tar"
    }

    public let form: Form
    public let tar: [UInt8]
    public let blob: [UInt8]

    /// A layer of regular files, by path.
    public init(_ files: [String: [UInt8]], form: Form = .gzip) throws {
        try self.init(tar: TestTar.archive(files), form: form)
    }

    public init(tar: [UInt8], form: Form = .gzip) throws {
        self.form = form
        self.tar = tar
        switch form {
        case .gzip: blob = try TestCommand.check(["gzip", "-n", "-c"], input: tar)
        case .zstd: blob = try TestCommand.check(["zstd", "-q", "-c"], input: tar)
        case .plain: blob = tar
        }
    }

    /// A layer of one file of `size` bytes that don't compress, the same for the same seed.
    public static func random(size: Int, seed: UInt64, form: Form = .gzip) throws -> TestLayer {
        var state = seed &+ 0x9E37_79B9_7F4A_7C15
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 8)
        while bytes.count < size {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            withUnsafeBytes(of: state) { bytes.append(contentsOf: $0) }
        }
        return try TestLayer(["random-\(seed)": Array(bytes.prefix(size))], form: form)
    }
}
