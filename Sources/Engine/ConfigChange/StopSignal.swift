// SPDX-License-Identifier: Apache-2.0

/// The names and numbers that docker takes for a signal (moby/sys, signal).
enum StopSignal {
    private static let names: Set<String> = [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
        "PROF", "PWR", "QUIT", "RTMAX", "RTMIN", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN",
        "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    ]

    /// Any number but 0, or a name with or without `SIG`, in any case.
    static func isValid(_ text: String) -> Bool {
        if let number = Int(text) { return number != 0 }
        let upper = text.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        return names.contains(name) || isRealTime(name)
    }

    /// `RTMIN+1` to `RTMIN+15`, `RTMAX-14` to `RTMAX-1`.
    private static func isRealTime(_ name: String) -> Bool {
        for (prefix, limit) in [("RTMIN+", 15), ("RTMAX-", 14)] where name.hasPrefix(prefix) {
            let digits = name.dropFirst(prefix.count)
            guard let number = Int(digits), String(number) == digits else { return false }
            return (1...limit).contains(number)
        }
        return false
    }
}
