// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// Decompresses a stream with a program of the system: feeds it and reads what it gives in one loop, without threads.
final class DecompressorProgram {
    private let name: String
    private let input: Int32
    private var pid: pid_t = 0
    /// −1 once closed.
    private var toChild: Int32 = -1
    private let fromChild: Int32
    /// Read from the input, not yet taken by the child.
    private var pending: ArraySlice<UInt8>
    private var block = [UInt8](repeating: 0, count: 64 << 10)

    /// - Parameter head: what was read of the input already.
    init(_ name: String, package: String, input: Int32, head: [UInt8]) throws {
        self.name = name
        self.input = input
        pending = head[...]
        guard let path = Self.locate(name) else {
            throw EngineError(
                "the archive is compressed with \(name), which is not installed here: install the package "
                    + "\(package), or compress the archive with gzip or zstd", phase: .stream)
        }
        var feed: [Int32] = [-1, -1]
        var output: [Int32] = [-1, -1]
        guard pipe(&feed) == 0, pipe(&output) == 0 else {
            throw IOError(errno: errno, operation: "pipe")
        }
        for end in feed + output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let error = Self.spawn(path, name, &pid, from: feed[0], to: output[1])
        close(feed[0])
        close(output[1])
        toChild = feed[1]
        fromChild = output[0]
        guard error == 0 else { throw IOError(errno: error, operation: "fork/exec", path: path) }
        _ = fcntl(toChild, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if toChild >= 0 { close(toChild) }
        close(fromChild)
        if pid > 0 { waitpid(pid, nil, 0) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            // Without bytes to feed, the input is what has to become ready; poll(2) passes over negative descriptors.
            let next = toChild >= 0 && pending.isEmpty ? input : toChild
            var polled = [
                pollfd(fd: fromChild, events: Int16(POLLIN), revents: 0),
                pollfd(fd: next, events: Int16(pending.isEmpty ? POLLIN : POLLOUT), revents: 0),
            ]
            try CancellableRead.wait(for: &polled)
            if polled[0].revents != 0 {
                let count = Glibc.read(fromChild, buffer.baseAddress, buffer.count)
                if count == 0 { try finish() }
                if count >= 0 { return count }
            }
            if toChild >= 0, polled[1].revents != 0 { try feed() }
        }
    }

    private func feed() throws {
        if pending.isEmpty {
            let count = Glibc.read(input, &block, block.count)
            if count < 0, errno == EINTR || errno == EAGAIN { return }
            guard count >= 0 else { throw IOError(errno: errno, operation: "read") }
            guard count > 0 else { return stopFeeding() }
            pending = block[..<count]
        }
        let written = pending.withUnsafeBytes { clinux_write_quietly(toChild, $0.baseAddress, $0.count) }
        if written > 0 {
            pending = pending.dropFirst(written)
        } else if errno == EPIPE {
            // It has read enough, or has failed: its exit code tells.
            stopFeeding()
        }
    }

    private func stopFeeding() {
        close(toChild)
        toChild = -1
    }

    private func finish() throws {
        guard pid > 0 else { return }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        pid = 0
        guard status == 0 else {
            throw EngineError("\(name) could not read the archive: it is damaged or incomplete", phase: .stream)
        }
    }

    private static func spawn(
        _ path: String, _ name: String, _ pid: inout pid_t, from input: Int32, to output: Int32
    ) -> Int32 {
        let map = [
            clinux_fd_map(source: input, target: 0), clinux_fd_map(source: output, target: 1),
        ]
        let words: [String] = [name, "-dcqq"]
        let arguments = words.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var argv = arguments + [nil]
        return map.withUnsafeBufferPointer {
            clinux_spawn(&pid, path, &argv, &environment, $0.baseAddress, $0.count, nil, 0)
        }
    }

    private static func locate(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let directories = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        return (directories + ["/usr/bin", "/bin"]).lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
