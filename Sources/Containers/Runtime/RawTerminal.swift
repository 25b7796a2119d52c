// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A terminal in raw mode for as long as this value lives; the former mode comes back however it goes.
struct RawTerminal: ~Copyable {
    private let descriptor: Int32
    private let saved: [UInt8]

    /// `nil` when `descriptor` is no terminal.
    init?(_ descriptor: Int32) {
        guard isatty(descriptor) == 1 else { return nil }
        var saved = [UInt8](repeating: 0, count: clinux_termios_size())
        guard clinux_terminal_make_raw(descriptor, &saved) == 0 else { return nil }
        self.descriptor = descriptor
        self.saved = saved
    }

    deinit {
        _ = clinux_terminal_restore(descriptor, saved)
    }

    /// Ends raw mode; going out of scope does too.
    consuming func restore() {}
}
