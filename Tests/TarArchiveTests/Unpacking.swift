// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Foundation
import Testing

@testable import TarArchive

/// A directory to unpack into, beside a canary that nothing may touch.
struct Unpacking {
    let base: String
    var root: String { base + "/root" }
    var canary: String { base + "/canary" }

    /// Overlay form for root, who may set `trusted.overlay.*`; the form of rootless mounts otherwise.
    static var overlay: UnpackOptions.Form { .overlay(userXattr: geteuid() != 0) }

    static func run(_ body: (Unpacking) throws -> Void) throws {
        try Archives.withDirectory { base in
            let unpacking = Unpacking(base: base)
            try FileManager.default.createDirectory(atPath: unpacking.root, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: unpacking.canary, withIntermediateDirectories: true)
            try Data("canary".utf8).write(to: URL(fileURLWithPath: unpacking.canary + "/file"))
            let before = try unpacking.snapshot(unpacking.canary)
            try body(unpacking)
            #expect(try unpacking.snapshot(unpacking.canary) == before, "something outside of the root changed")
            #expect(try FileManager.default.contentsOfDirectory(atPath: base).sorted() == ["canary", "root"])
        }
    }

    @discardableResult
    func apply(
        form: UnpackOptions.Form = Unpacking.overlay, limits: TarLimits = TarLimits(),
        devices: UnpackOptions.DevicePolicy = .fail, lower: [String] = [], step: Int = 1 << 20,
        _ build: (inout TarBytes) -> Void
    ) throws -> UnpackSummary {
        var tar = TarBytes()
        build(&tar)
        return try apply(tar.finished, form: form, limits: limits, devices: devices, lower: lower, step: step)
    }

    @discardableResult
    func apply(
        _ bytes: [UInt8], form: UnpackOptions.Form = Unpacking.overlay, limits: TarLimits = TarLimits(),
        devices: UnpackOptions.DevicePolicy = .fail, lower: [String] = [], step: Int = 1 << 20
    ) throws -> UnpackSummary {
        let directory = try OwnedFD(opening: root, flags: O_RDONLY | O_DIRECTORY)
        let options = UnpackOptions(
            form: form, devices: devices, preservesOwnership: geteuid() == 0, limits: limits)
        let lowers = lower.map { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { for fd in lowers { close(fd) } }
        var unpacker = try LayerUnpacker(
            into: directory, options: options, lower: LowerLayers(topmostFirst: lowers))
        for start in stride(from: 0, to: bytes.count, by: step) {
            try bytes[start..<min(start + step, bytes.count)].withUnsafeBytes { try unpacker.push($0) }
        }
        return try unpacker.finish()
    }

    func directory(_ name: String) throws -> String {
        let path = "\(base)/root/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    func status(_ path: String) -> stat? {
        var result = stat()
        return lstat("\(root)/\(path)", &result) == 0 ? result : nil
    }

    func kind(_ path: String) -> mode_t? { status(path).map { $0.st_mode & S_IFMT } }
    func mode(_ path: String) -> mode_t? { status(path).map { $0.st_mode & 0o7777 } }

    func isWhiteout(_ path: String) -> Bool {
        status(path).map { $0.st_mode & S_IFMT == S_IFCHR && $0.st_rdev == 0 } ?? false
    }

    func isOpaque(_ path: String) -> Bool {
        let fd = open("\(root)/\(path)", O_RDONLY | O_DIRECTORY)
        defer { close(fd) }
        return LowerLayers.isOpaque(fd)
    }

    func content(_ path: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)"))).map { String(decoding: $0, as: UTF8.self) }
    }

    func link(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/\(path)")
    }

    /// Every name below a directory with type, mode, size, times.
    func snapshot(_ path: String) throws -> [String] {
        let listing = try Archives.run("find", path, "-printf", "%p %y %m %s %T@ %l\\n")
        return String(decoding: listing, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
    }
}
