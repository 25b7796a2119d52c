// SPDX-License-Identifier: Apache-2.0
import Glibc

extension Context {
    /// Asks before something is deleted; only `y` or `Y` goes on. An interrupt is a no, too: a new line, and success.
    /// - Throws: `StatusError.cancelled` for any other answer and at the end of input.
    func confirm(_ warning: String) throws {
        out.write("\(warning)\nAre you sure you want to continue? [y/N] ")
        let previous = signal(SIGINT) { _ in
            var newline = UInt8(ascii: "\n")
            _ = write(STDOUT_FILENO, &newline, 1)
            _exit(0)
        }
        defer { signal(SIGINT, previous) }
        guard try input.readLine()?.trimmed().lowercased() == "y" else { throw StatusError.cancelled }
    }
}
