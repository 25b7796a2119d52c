// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct HeaderTests {
    @Test(
        arguments: [
            ("bytes 5-9/10", 5, 9, 10), ("bytes 0-0/1", 0, 0, 1), ("Bytes 1-2/*", 1, 2, nil),
        ] as [(String, Int64, Int64, Int64?)])
    func `content ranges are read`(text: String, first: Int64, last: Int64, total: Int64?) {
        let range = ContentRange(text)
        #expect(range?.first == first)
        #expect(range?.last == last)
        #expect(range?.total == total)
    }

    @Test(arguments: [
        "", "bytes", "bytes */10", "bytes 9-5/10", "bytes 0-9/9", "bytes -5/10", "bytes 5-/10", "items 0-1/2",
        "bytes 0-99999999999999999999/*", "bytes 0-1/2/3",
    ])
    func `other content ranges are refused`(text: String) {
        #expect(ContentRange(text) == nil)
    }

    @Test func `warnings are shown without what could harm`() {
        #expect(WarningHeader.text(#"299 - "use v2""#) == "use v2")
        #expect(WarningHeader.text(#"299 - "a \"b\" c" "Sat, 25 Aug 2012 23:34:45 GMT""#) == #"a "b" c"#)
        #expect(WarningHeader.text(#"199 - "other""#) == nil)
        #expect(WarningHeader.text(#"299 - """#) == nil)
        #expect(WarningHeader.text("299 - \"" + String(repeating: "x", count: 5000) + "\"") == nil)
        #expect(WarningHeader.text("299 - \"a\u{1b}[2Jb\"").map { $0.utf8.contains(0x1b) } == false)
    }

    @Test func `rate limits are read`() {
        let limit = RateLimit([
            "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "76;w=21600", "docker-ratelimit-source": "1.2.3.4",
        ])
        #expect(limit?.limit == 100)
        #expect(limit?.remaining == 76)
        #expect(limit?.window == 21600)
        #expect(limit?.source == "1.2.3.4")
        #expect(RateLimit(["x": "y"]) == nil)
    }

    @Test(
        arguments: [
            (#"</v2/x/tags/list?last=b&n=2>; rel="next""#, "/v2/x/tags/list?last=b&n=2"),
            (#"</prev>; rel="prev", </next>; title=x; rel=next"#, "/next"),
            (#"</tags/list?last=a,b>; rel="next""#, "/tags/list?last=a,b"), (#"</a,b>; x, </c>; rel=next"#, "/c"),
            (#"</a>; rel="prev""#, nil), ("nonsense", nil), ("<", nil), ("", nil),
        ] as [(String, String?)])
    func `the next page is found`(header: String, target: String?) {
        #expect(LinkHeader.next(header) == target)
    }

    @Test(
        arguments: [
            ("0-99", 100), ("0-0", 0), ("bytes=0-4", 5), ("1-5", nil), ("x", nil), ("0-", nil), ("0--1", nil),
            (nil, nil),
        ] as [(String?, Int64?)])
    func `an upload's range tells what has arrived`(range: String?, bytes: Int64?) {
        #expect(UploadSession.received(range) == bytes)
    }

    @Test func `parts of an upload respect the registry's minimum`() throws {
        var session = UploadSession(location: try #require(HTTPURL(parsing: "http://r/u")))
        #expect(session.next(100) == 0..<100)
        session.chunk = 10
        session.minimumChunk = 30
        session.offset = 80
        #expect(session.next(100) == 80..<100)
        session.offset = 30
        #expect(session.next(100) == 30..<60)
    }
}
