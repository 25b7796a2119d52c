// SPDX-License-Identifier: Apache-2.0
import Engine
import Testing

@testable import DockerCLI

/// The expected bytes follow a capture of docker 28.5.2 pulling on a 200-column terminal.
struct TerminalProgressDisplayTests {
    private let wide = ScreenSize(columns: 200, rows: 50)

    private func render(_ events: [ProgressEvent], on size: ScreenSize) -> String {
        var display = TerminalProgressDisplay()
        return events.map { display.render($0, on: size) }.joined() + display.finish(on: size)
    }

    @Test func `new items get a line each and updates redraw them in place`() {
        let output = render(
            [
                .message(id: "5", "Pulling from m"), .update("aaa", "Already exists"),
                .update("bbb", "Pulling fs layer"),
                .update("aaa", "Waiting"), .message("Digest: sha256:0"),
            ], on: wide)
        #expect(
            output == "5: Pulling from m\n"
                + "\n\u{1B}[1A\u{1B}[2K\raaa: Already exists \r\u{1B}[1B"
                + "\n\u{1B}[1A\u{1B}[2K\rbbb: Pulling fs layer \r\u{1B}[1B"
                + "\u{1B}[2A\u{1B}[2K\raaa: Waiting \r\u{1B}[2B"
                + "Digest: sha256:0\n")
    }

    @Test func `a wide terminal shows the bar, a narrow one the sizes`() {
        let event = ProgressEvent.update("ccc", "Downloading", ProgressAmount(current: 342_016, total: 31_467_052))
        let bar = ">" + String(repeating: " ", count: 50)
        #expect(render([event], on: wide).contains("ccc: Downloading [\(bar)]    342kB/31.47MB\r"))
        let narrow = render([event], on: ScreenSize(columns: 80, rows: 24))
        #expect(narrow.contains("ccc: Downloading    342kB/31.47MB\r"))
    }

    @Test func `a line never exceeds the terminal`() {
        let output = render([.update("0123456789ab", "Pulling fs layer")], on: ScreenSize(columns: 20, rows: 24))
        #expect(output.contains("\r0123456789ab: Pulli\r"))
    }

    @Test func `a list longer than the screen waits below until the top has settled`() {
        let size = ScreenSize(columns: 200, rows: 3)
        var display = TerminalProgressDisplay()
        _ = display.render(.update("a", "Downloading"), on: size)
        _ = display.render(.update("b", "Downloading"), on: size)
        #expect(display.render(.update("c", "Waiting"), on: size).isEmpty)
        #expect(display.render(.update("c", "Downloading"), on: size).isEmpty)
        let settled = display.render(.update("a", "Pull complete"), on: size)
        #expect(settled.contains("a: Pull complete"))
        #expect(settled.hasSuffix("\n\u{1B}[1A\u{1B}[2K\rc: Downloading \r\u{1B}[1B"))
    }

    @Test func `nothing that waited is lost at the end`() {
        let output = render(
            [.update("a", "Downloading"), .update("b", "Downloading"), .update("c", "Waiting"), .message("done")],
            on: ScreenSize(columns: 200, rows: 2))
        #expect(output.contains("b: Downloading"))
        #expect(output.contains("c: Waiting"))
        #expect(output.hasSuffix("done\n"))
    }

    @Test func `escape sequences from a registry do not reach the terminal`() {
        let output = render([.message(id: "\u{1B}]0;x\u{7}", "Pulling from \u{1B}[31mred")], on: wide)
        #expect(!output.contains("\u{1B}"))
        #expect(!output.contains("\u{7}"))
    }
}
