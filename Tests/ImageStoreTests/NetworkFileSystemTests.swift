// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ImageStore

@Suite struct NetworkFileSystemTests {
    @Test(
        arguments: [
            (0x6969, "NFS"), (0xff53_4d42, "CIFS"), (0xfe53_4d42, "SMB2"), (0x517b, "SMB"), (0x0102_1997, "9P"),
            (0x0bd0_0bd0, "Lustre"), (0x0000_ef53, nil), (0x0102_1994, nil), (0x9123_683e, nil), (0x794c_7630, nil),
        ] as [(UInt32, String?)])
    func `file systems of several machines are known, local ones are not among them`(_ type: UInt32, _ name: String?) {
        #expect(NetworkFileSystem.name(ofType: type) == name)
    }

    @Test func `a store in a local directory is on none`() throws {
        let home = TemporaryStore()
        #expect(try home.open().networkFileSystem == nil)
    }
}
