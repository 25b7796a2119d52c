// SPDX-License-Identifier: Apache-2.0

/// An error with the text for stderr and the exit code. Other errors end with code 1 and their description.
struct StatusError: Error, Hashable, CustomStringConvertible {
    /// Without a newline at the end; nothing is printed when it is empty.
    let message: String
    let code: ExitCode

    init(_ message: String, code: ExitCode = .failure) {
        self.message = message
        self.code = code
    }

    /// The user answered no: docker says nothing more and succeeds.
    static let cancelled = StatusError("", code: .success)

    var description: String { message }
}
