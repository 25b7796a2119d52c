// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import TarArchive

@testable import ImageStore

/// An image whose only layer is a real tar with files.
struct RealImage {
    let sample: SampleImage
    let tar: [UInt8]

    init(files: [String: String]) {
        var tar: [UInt8] = []
        for (name, content) in files.sorted(by: { $0.key < $1.key }) {
            tar += Self.header(name, size: content.utf8.count)
            tar += Array(content.utf8)
            tar += [UInt8](repeating: 0, count: (512 - content.utf8.count % 512) % 512)
        }
        tar += [UInt8](repeating: 0, count: 1024)
        self.tar = tar
        sample = SampleImage(layers: [
            SampleImage.Layer(tar: tar, size: Int64(files.values.reduce(0) { $0 + $1.utf8.count }))
        ])
    }

    /// A ustar header of a regular file with mode 0644 (POSIX pax(1), "ustar Interchange Format").
    private static func header(_ name: String, size: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
        }
        func octal(_ number: Int, width: Int) -> String {
            let digits = String(number, radix: 8)
            return String(repeating: "0", count: width - digits.utf8.count) + digits
        }
        put(name, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(size, width: 11), at: 124)
        put("00000000000", at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        put(octal(block.reduce(0) { $0 + Int($1) }, width: 6) + "\u{0}", at: 148)
        return block
    }
}
