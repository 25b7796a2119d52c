// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import RegistryClient

/// Where `import` reads its archive.
enum ImportSource: Hashable, Sendable {
    case standardInput
    case file(String)
    case web(String)

    init(_ argument: String) {
        if argument == "-" {
            self = .standardInput
        } else if argument.hasPrefix("http://") || argument.hasPrefix("https://") {
            self = .web(argument)
        } else {
            self = .file(argument)
        }
    }

    /// What docker's comment says: its client sends files as if they came from standard input.
    var origin: String {
        if case .web(let url) = self { return url }
        return "-"
    }

    /// Gives `body` the open archive; that of a download has no name.
    /// - Parameter root: the store's directory, which has room for it.
    func withFile<Result>(in root: String, _ context: Context, _ body: (Int32) throws -> Result) throws -> Result {
        switch self {
        case .standardInput:
            guard let descriptor = context.input.fileDescriptor else { throw StatusError("no standard input") }
            return try body(descriptor)
        case .file(let path):
            let file = try Self.open(path, context)
            return try body(file.rawValue)
        case .web(let text):
            guard let url = HTTPURL(parsing: text) else { throw StatusError("\(text) is no URL of http or https") }
            let file = try Self.temporaryFile(in: root)
            try download(url, to: file.rawValue, context)
            lseek(file.rawValue, 0, SEEK_SET)
            return try body(file.rawValue)
        }
    }

    private static func open(_ path: String, _ context: Context) throws -> OwnedFD {
        let absolute = path.isEmpty ? "" : context.absolute(path)
        do throws(IOError) { return try OwnedFD(opening: absolute, flags: O_RDONLY) } catch {
            throw StatusError("\(error.operation) \(path): \(error.reason)")
        }
    }

    private func download(_ url: HTTPURL, to file: Int32, _ context: Context) throws {
        let origin = origin
        do {
            try NetworkTask.finish(context) {
                try await context.withRegistry { registry, _ in
                    var position: Int64 = 0
                    try await registry.download(url) { bytes in
                        if position == 0 { context.out.print("Downloading from \(origin)") }
                        try context.out.flush()
                        position += try Self.write(bytes, to: file, at: position)
                    }
                }
            }
        } catch let failure as HTTPFailure {
            throw StatusError(context.errorPrefix + "\(failure)")
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at position: Int64) throws -> Int64 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = pwrite(
                file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count,
                Int(position) + bytes.count - rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw IOError(errno: errno, operation: "write") }
            rest = rest.dropFirst(count)
        }
        return Int64(bytes.count)
    }

    private static func temporaryFile(in root: String) throws(IOError) -> OwnedFD {
        var template = Array("\(root)/import-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw IOError(errno: errno, operation: "create a file", path: root) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        unlink(template)
        return OwnedFD(adopting: file)
    }
}
