// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Signal names as docker takes them: `KILL`, `SIGKILL`, `9`, `RTMIN+3`.
public enum Signal {
    private static let names: [String: Int32] = [
        "HUP": SIGHUP, "INT": SIGINT, "QUIT": SIGQUIT, "ILL": SIGILL, "TRAP": SIGTRAP, "ABRT": SIGABRT, "IOT": SIGABRT,
        "BUS": SIGBUS, "FPE": SIGFPE, "KILL": SIGKILL, "USR1": SIGUSR1, "SEGV": SIGSEGV, "USR2": SIGUSR2,
        "PIPE": SIGPIPE, "ALRM": SIGALRM, "TERM": SIGTERM, "STKFLT": 16, "CHLD": SIGCHLD, "CLD": SIGCHLD,
        "CONT": SIGCONT, "STOP": SIGSTOP, "TSTP": SIGTSTP, "TTIN": SIGTTIN, "TTOU": SIGTTOU, "URG": SIGURG,
        "XCPU": SIGXCPU, "XFSZ": SIGXFSZ, "VTALRM": SIGVTALRM, "PROF": SIGPROF, "WINCH": SIGWINCH, "IO": SIGIO,
        "POLL": SIGIO, "PWR": SIGPWR, "SYS": SIGSYS, "RTMIN": 34, "RTMAX": 64,
    ]

    /// The number of a signal; docker's text when there is none of that name.
    public static func parse(_ text: String) throws(ContainerError) -> Int32 {
        if let number = Int32(text) {
            guard (1...64).contains(number) else { throw .invalid("invalid signal: \(text)") }
            return number
        }
        let upper = text.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        if let number = names[name] { return number }
        for (base, direction) in [("RTMIN+", Int32(1)), ("RTMAX-", -1)] where name.hasPrefix(base) {
            if let offset = Int32(name.dropFirst(base.count)), let start = names[String(base.dropLast())] {
                let number = start + direction * offset
                if (34...64).contains(number) { return number }
            }
        }
        throw .invalid("invalid signal: \(text)")
    }
}
