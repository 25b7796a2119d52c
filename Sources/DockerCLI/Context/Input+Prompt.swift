// SPDX-License-Identifier: Apache-2.0
import Glibc

extension Input {
    /// How often a prompt looks whether the command was cancelled, in milliseconds.
    private static let cancellationInterval: Int32 = 100

    /// The answer to a prompt, without white space at both ends. A signal ends the wait; the terminal is then as it
    /// was before.
    /// - Parameter isSecret: what is typed isn't shown.
    func readAnswer(isSecret: Bool = false) throws -> String {
        guard isTerminal, let terminal = fileDescriptor else { return try readLine()?.trimmed() ?? "" }
        let silence = isSecret ? SilentTerminal(terminal) : nil
        defer { silence?.restore() }
        try awaitLine(from: terminal)
        return try readLine()?.trimmed() ?? ""
    }

    /// A terminal is readable when a whole line has been typed. A blocking read would outlive a signal, which only
    /// cancels the task.
    private func awaitLine(from terminal: Int32) throws {
        try flushPreceding()
        var ready = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        while poll(&ready, 1, Self.cancellationInterval) <= 0 {
            try Task.checkCancellation()
        }
    }
}
