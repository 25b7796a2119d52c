// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Testing

struct LayoutTests {
    private func align(_ lines: String...) -> [String] {
        TabWriter().align(lines.joined(separator: "\n")).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
    }

    @Test func `cells are ten columns wide or three wider than their text`() {
        #expect(
            align("A\tB\tC", "x\tlonger-than-ten\tz") == [
                "A         B                 C", "x         longer-than-ten   z",
            ])
    }

    @Test func `names are ordered by the numbers in them`() {
        // Each before the next, as sortorder.NaturalLess has it.
        let names = ["", "0", "00", "1", "1a", "01", "2d3", "02cd", "10", "a", "a9b", "a10", "a10b", "a-1", "b", "日本"]
        for (index, name) in names.enumerated() {
            for (other, second) in names.enumerated() {
                #expect(NaturalOrder.precedes(name, second) == (index < other), "\(name) \(second)")
            }
        }
        #expect(["443/tcp", "80/tcp"].sorted(by: NaturalOrder.precedes) == ["80/tcp", "443/tcp"])
    }

    @Test func `the last cell of a line is never padded`() {
        #expect(align("A\tB", "x\t", "y\tlong text here") == ["A         B", "x         ", "y         long text here"])
    }

    @Test func `a column ends where a line has no such cell`() {
        let lines = align("a-rather-long-name\tb", "plain", "c\td", "e\tf\tg", "h\ti-am-quite-long\tj")
        #expect(
            lines == [
                "a-rather-long-name   b", "plain", "c         d", "e         f                 g",
                "h         i-am-quite-long   j",
            ])
    }

    @Test func `wide characters count twice and combining marks not at all`() {
        #expect(align("名前\t|", "e\u{301}e\u{301}\t|") == ["名前      |", "e\u{301}e\u{301}        |"])
        #expect(align("🐳🐳🐳🐳🐳\t|", "abcdefghij\t|") == ["🐳🐳🐳🐳🐳   |", "abcdefghij   |"])
    }

    @Test func `an empty text and a newline at the end stay`() {
        #expect(TabWriter().align("") == "")
        #expect(TabWriter().align("a\tb\n") == "a         b\n")
        #expect(TabWriter(minimumWidth: 0, padding: 1).align("a\tb\n\tc\n") == "a b\n  c\n")
    }

    @Test(arguments: [("a", 1), ("語", 2), ("👩‍👧", 2), ("\u{200B}", 0), ("…", 1), ("\u{1b}[0m", 3), ("", 0), ("ﾊ", 1)])
    func `display width`(text: String, columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }

    @Test func `text that does not fit ends in an ellipsis`() {
        #expect(Ellipsis.shorten("abcdefgh", columns: 5) == "abcd…")
        #expect(Ellipsis.shorten("abcde", columns: 5) == "abcde")
        #expect(Ellipsis.shorten("語語語", columns: 4) == "語…")
        #expect(Ellipsis.shorten("語語語", columns: 1) == "語")
        #expect(Ellipsis.shorten("語語語", columns: 0) == "")
        #expect(Ellipsis.shorten("語語語", columns: 2) == "語語語")
    }

    @Test func `a short ID has no algorithm and twelve digits`() {
        #expect(Ellipsis.shortID("sha256:" + String(repeating: "f", count: 64)) == "ffffffffffff")
        #expect(Ellipsis.shortID("abc") == "abc")
    }

    @Test func `nothing that steers a terminal is left`() {
        let hostile = "\u{1b}]0;pwned\u{07}\u{9b}31m\u{202e}\u{2066}\r\n\u{7f}é"
        #expect(TerminalText.escaped(hostile) == #"\x1b]0;pwned\x07\x9b31m\u202e\u2066\x0d\x0a\x7fé"#)
        #expect(TerminalText.escaped("a\tb\nc", keepingLineBreaks: true) == "a\tb\nc")
        #expect(TerminalText.escaped("plain text") == "plain text")
        let every = String(String.UnicodeScalarView((0..<0xA0).compactMap(UnicodeScalar.init)))
        #expect(TerminalText.escaped(every).unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
}
