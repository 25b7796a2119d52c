// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A terminal that doesn't show what is typed, until it is restored.
struct SilentTerminal {
    private let descriptor: Int32
    private let original: termios

    /// Nil when the terminal's settings can't be read or changed.
    init?(_ descriptor: Int32) {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        self.descriptor = descriptor
        original = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(descriptor, TCSANOW, &settings) == 0 else { return nil }
    }

    func restore() {
        var settings = original
        tcsetattr(descriptor, TCSANOW, &settings)
    }
}
