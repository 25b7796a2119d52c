// SPDX-License-Identifier: Apache-2.0

/// The type flags of tar headers that mean something here (POSIX.1-2001 pax, GNU tar).
enum TarEntryType {
    static let regularV7: UInt8 = 0
    static let regular = UInt8(ascii: "0")
    static let hardLink = UInt8(ascii: "1")
    static let symbolicLink = UInt8(ascii: "2")
    static let characterDevice = UInt8(ascii: "3")
    static let blockDevice = UInt8(ascii: "4")
    static let directory = UInt8(ascii: "5")
    static let fifo = UInt8(ascii: "6")
    static let contiguous = UInt8(ascii: "7")
    static let gnuSparse = UInt8(ascii: "S")
    static let gnuLongName = UInt8(ascii: "L")
    static let gnuLongLink = UInt8(ascii: "K")
    static let paxHeader = UInt8(ascii: "x")
    static let paxGlobalHeader = UInt8(ascii: "g")

    /// Whether an entry has no payload whatever its size field says, as in Go's archive/tar and so in docker.
    static func isHeaderOnly(_ type: UInt8) -> Bool {
        switch type {
        case hardLink, symbolicLink, characterDevice, blockDevice, directory, fifo: true
        default: false
        }
    }
}
