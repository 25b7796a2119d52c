// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

extension ChildProcess {
    /// What a helper printed and how it ended.
    struct Output {
        let exitCode: Int32
        let standardOutput: [UInt8]
        let standardError: String
    }

    /// Runs a helper to its end with `input` on its standard input.
    ///
    /// - Parameter limit: the most bytes kept of each stream; the rest is read and dropped.
    static func capture(
        _ program: String, _ arguments: [String], environment: [String] = helperEnvironment, input: [UInt8] = [],
        limit: Int = 4 << 20
    ) throws(ContainerError) -> Output {
        var feed = try Pipe()
        var output = try Pipe()
        var errors = try Pipe()
        let child = try ChildProcess(
            program, arguments, environment: environment,
            descriptors: [
                Descriptor(source: feed.reader, target: 0), Descriptor(source: output.writer, target: 1),
                Descriptor(source: errors.writer, target: 2),
            ]
        )
        feed.closeReader()
        output.closeWriter()
        errors.closeWriter()
        // Inputs here are far below the 64 KiB a pipe holds, so writing first cannot dead-lock. A child that does not
        // read gives EPIPE, which is its business.
        _ = input.withUnsafeBytes { clinux_write_quietly(feed.writer, $0.baseAddress, $0.count) }
        feed.closeWriter()
        var streams = (output: [UInt8](), error: [UInt8]())
        drain(output.reader, errors.reader, limit: limit, into: &streams)
        let code = child.wait()
        return Output(
            exitCode: code, standardOutput: streams.output,
            standardError: String(decoding: streams.error, as: UTF8.self)
        )
    }

    private static func drain(
        _ output: Int32, _ error: Int32, limit: Int, into streams: inout (output: [UInt8], error: [UInt8])
    ) {
        var polled = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: error, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while polled.contains(where: { $0.fd >= 0 }) {
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { return }
            for index in polled.indices where polled[index].revents != 0 {
                let count = read(polled[index].fd, &buffer, buffer.count)
                guard count > 0 else {
                    polled[index].fd = -1
                    continue
                }
                if index == 0 {
                    streams.output += buffer[..<min(count, max(0, limit - streams.output.count))]
                } else {
                    streams.error += buffer[..<min(count, max(0, limit - streams.error.count))]
                }
            }
        }
    }
}
