// SPDX-License-Identifier: Apache-2.0

/// How `stop` and `restart` end a container: the signal, and the seconds until it is killed.
struct StopFlags {
    private let signal: Flag<String>
    private let timeout: Flag<Int>
    /// The name of `--timeout` until docker 28.
    private let time: Flag<Int>

    init(_ flags: inout FlagSet) {
        signal = flags.string("signal", short: "s", "Signal to send to the container")
        timeout = flags.int("timeout", short: "t", "Seconds to wait before killing the container")
        time = flags.int("time", "Seconds to wait before killing the container")
        flags.deprecate(time, "use --timeout instead")
    }

    /// Nil is the container's own signal.
    func signal(_ parsed: ParsedArguments) -> String? {
        parsed.text(signal)
    }

    /// Nil is the container's own time.
    func seconds(_ parsed: ParsedArguments) -> Int? {
        parsed.isChanged(timeout) ? parsed[timeout] : parsed.isChanged(time) ? parsed[time] : nil
    }
}
