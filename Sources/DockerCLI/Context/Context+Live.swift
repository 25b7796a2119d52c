// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Glibc

extension Context {
    /// The process's own streams, environment and clock.
    /// - Parameter arguments: the command line with the program's path first.
    public static func live(arguments: [String]) -> Context {
        let environment = currentEnvironment()
        let out = standardOutput(STDOUT_FILENO, "/dev/stdout", isBuffered: true)
        return Context(
            program: programName(arguments.first ?? ""), environment: environment,
            currentDirectory: workingDirectory() ?? "/", input: standardInput(after: out), out: out,
            err: standardOutput(STDERR_FILENO, "/dev/stderr", isBuffered: false, after: out),
            clock: { Timestamp.now() },
            zone: .local(environment: environment))
    }

    /// `docker` for a link or copy of that name, so that scripts see the texts they know.
    static func programName(_ path: String) -> String {
        path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } == "docker"
            ? "docker" : "dockerlite"
    }

    private static func currentEnvironment() -> [String: String] {
        var environment: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            // As in getenv, the first of a repeated name counts.
            if let pair = NamedValue(String(cString: text)), environment[pair.name] == nil {
                environment[pair.name] = pair.value
            }
            entry += 1
        }
        return environment
    }

    private static func workingDirectory() -> String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    private static func standardInput(after out: Output) -> Input {
        Input(after: out, fileDescriptor: STDIN_FILENO, screen: { screenSize(of: STDIN_FILENO) }) {
            var chunk = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = read(STDIN_FILENO, &chunk, chunk.count)
                if count >= 0 { return Array(chunk.prefix(count)) }
                guard errno == EINTR else { throw InputError(errno: errno) }
            }
        }
    }

    private static func standardOutput(_ descriptor: Int32, _ name: String, isBuffered: Bool, after out: Output? = nil)
        -> Output
    {
        Output(isBuffered: isBuffered, after: out, fileDescriptor: descriptor, screen: { screenSize(of: descriptor) }) {
            bytes throws(OutputError) in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Somebody made the terminal non-blocking.
                    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&ready, 1, -1)
                } else if errno != EINTR {
                    throw OutputError(errno: errno, stream: name)
                }
            }
        }
    }

    private static func screenSize(of descriptor: Int32) -> ScreenSize? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return .unknown }
        return ScreenSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}
