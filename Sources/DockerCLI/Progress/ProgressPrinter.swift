// SPDX-License-Identifier: Apache-2.0
import Engine
import Synchronization

/// Shows the events of an operation on an output as they come, from whichever task they come.
final class ProgressPrinter: Sendable {
    let kind: ProgressKind
    private let output: Output
    private let display: Mutex<(any ProgressDisplay & Sendable)?>

    /// - Parameter output: nil is the standard output; `run` shows its pull on stderr.
    init(_ kind: ProgressKind, context: Context, output: Output? = nil) throws {
        let output = output ?? context.out
        self.output = output
        self.kind = kind == .auto ? (output.screen == nil ? .plain : .tty) : kind
        let display: (any ProgressDisplay & Sendable)? =
            switch self.kind {
            case .tty: TerminalProgressDisplay()
            case .plain, .auto: PlainProgressDisplay()
            case .json: JSONProgressDisplay()
            case .none: nil
            }
        self.display = Mutex(display)
    }

    var report: ProgressHandler {
        { event in self.show { $0.render(event, on: $1) } }
    }

    /// Leaves the screen in order.
    func finish() {
        show { $0.finish(on: $1) }
    }

    private func show(_ render: (inout any ProgressDisplay & Sendable, ScreenSize) -> String) {
        display.withLock { display in
            guard var shown = display else { return }
            let text = render(&shown, output.screen ?? .unknown)
            display = shown
            guard !text.isEmpty else { return }
            output.write(text)
            // Progress is for now. What can't be written is reported when the command ends.
            try? output.flush()
        }
    }
}
