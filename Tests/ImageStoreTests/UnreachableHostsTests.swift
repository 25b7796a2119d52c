// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Foundation
import Testing

@testable import ImageStore

@Suite struct UnreachableHostsTests {
    private let home = TemporaryStore()

    private func store(at seconds: Int64) throws -> ImageStore {
        try home.open { $0.now = { Timestamp(unixSeconds: seconds) } }
    }

    @Test func `a host is remembered for a minute by every process, and noting it again prolongs it`() throws {
        #expect(try store(at: 1000).unreachableHosts() == [])
        try store(at: 1000).note(unreachableHosts: ["https://a/", "http://b:1/"])
        #expect(try store(at: 1000).unreachableHosts() == ["https://a/", "http://b:1/"])
        try store(at: 1050).note(unreachableHosts: ["https://a/"])
        #expect(try store(at: 1059).unreachableHosts() == ["https://a/", "http://b:1/"])
        #expect(try store(at: 1060).unreachableHosts() == ["https://a/"])
        #expect(try store(at: 1110).unreachableHosts() == [])
    }

    @Test func `a clock that jumps forgets hosts and keeps none for long`() throws {
        try store(at: 100_000).note(unreachableHosts: ["https://a/"])
        #expect(try store(at: 99_999).unreachableHosts() == [], "set back")
        #expect(try store(at: 200_000).unreachableHosts() == [], "set forward")
        try store(at: 1000).note(unreachableHosts: ["https://b/"])
        #expect(try store(at: 1001).unreachableHosts() == ["https://b/"])
        #expect(try store(at: 100_001).unreachableHosts() == [], "what was noted by the other clock is gone")
    }

    @Test(arguments: ["", "nonsense", "1000", "x https://a/", "1000 a b c", "99999999999999999999 https://a/", "\u{0}"])
    func `a damaged note is no note`(text: String) throws {
        let store = try store(at: 1000)
        try Data(text.utf8).write(to: URL(fileURLWithPath: home.root + "/unreachable"))
        #expect(store.unreachableHosts() == [])
        store.note(unreachableHosts: ["https://b/"])
        #expect(store.unreachableHosts() == ["https://b/"])
    }

    @Test func `the note stays small`() throws {
        let store = try store(at: 1000)
        for number in 0..<200 { store.note(unreachableHosts: ["https://host-\(number)/"]) }
        #expect(store.unreachableHosts().count == 64)
        #expect(store.unreachableHosts().contains("https://host-199/"))
    }

    @Test func `a store that can't be written goes without`() throws {
        let files = FileOperations { step in
            if case .create = step { throw IOError(errno: ENOSPC, operation: "open") }
        }
        try home.open().close()
        let store = try home.open { $0.files = files }
        store.note(unreachableHosts: ["https://a/"])
        #expect(store.unreachableHosts() == [])
    }
}
