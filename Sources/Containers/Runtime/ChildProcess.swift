// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A helper program started with exactly the descriptors it is given.
///
/// swift-subprocess is asynchronous and has no way to hand over further descriptors; the monitor needs two.
struct ChildProcess {
    let pid: Int32

    /// A descriptor of ours and the number it gets in the child.
    struct Descriptor {
        let source: Int32
        let target: Int32
    }

    enum Group {
        case inherited
        /// A session of its own: signals of our terminal do not reach it.
        case newSession
        /// A group of its own: what is typed at our terminal (Ctrl-C) does not reach it.
        case newGroup

        fileprivate var flags: Int32 {
            switch self {
            case .inherited: 0
            case .newSession: Int32(CLINUX_SPAWN_NEW_SESSION)
            case .newGroup: Int32(CLINUX_SPAWN_NEW_GROUP)
            }
        }
    }

    init(
        _ program: String, _ arguments: [String], environment: [String], descriptors: [Descriptor],
        group: Group = .inherited, directory: String? = nil
    ) throws(ContainerError) {
        var pid: pid_t = 0
        let map = descriptors.map { clinux_fd_map(source: $0.source, target: $0.target) }
        let error = CStringArray.with([program] + arguments) { argv in
            CStringArray.with(environment) { envp in
                map.withUnsafeBufferPointer { map in
                    clinux_spawn(&pid, program, argv, envp, map.baseAddress, map.count, directory, group.flags)
                }
            }
        }
        guard error == 0 else {
            throw .system("fork/exec \(program): \(String(cString: strerror(error)))")
        }
        self.pid = pid
    }

    /// A child that another program started for us.
    init(adopting pid: Int32) {
        self.pid = pid
    }

    /// Waits for the end: the exit code, or 128 and the signal.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return -1 }
        }
        let signal = status & 0x7f
        return signal == 0 ? status >> 8 & 0xff : 128 + signal
    }

    /// As `wait`, but `nil` when the deadline passes first.
    func wait(until deadline: Deadline) -> Int32? {
        let descriptor = clinux_pidfd_open(pid)
        guard descriptor >= 0 else { return wait() }
        defer { close(descriptor) }
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let ready = poll(&polled, 1, deadline.remainingMilliseconds)
            if ready > 0 { return wait() }
            if ready == 0 { return nil }
        }
    }

    /// The environment of helpers: nothing but what they need, and UTC so that logs are stamped alike everywhere.
    static var helperEnvironment: [String] {
        let kept = ["PATH", "HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "TMPDIR"]
        let values = kept.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        return values + ["TZ=UTC", "LC_ALL=C"]
    }
}
