// SPDX-License-Identifier: Apache-2.0

/// What a process tells its parent when it ends.
struct ExitCode: RawRepresentable, Hashable, Sendable {
    let rawValue: Int32

    init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    init(_ rawValue: Int32) {
        self.rawValue = rawValue
    }

    static let success = ExitCode(0)
    static let failure = ExitCode(1)
    /// An option that doesn't exist or has a bad value; also docker's code when `run` itself fails.
    static let usage = ExitCode(125)
    /// Nobody reads our output any more: 128 + SIGPIPE.
    static let brokenPipe = ExitCode(141)

    /// Ended by a signal, as shells report it.
    static func signal(_ number: Int32) -> ExitCode {
        ExitCode(128 + number)
    }
}
