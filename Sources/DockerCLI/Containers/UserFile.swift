// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// A file that the command line names; errors are Go's texts, with the name as it was typed.
struct UserFile {
    private let name: String
    private let path: String

    init(_ name: String, _ context: Context) {
        self.name = name
        path = context.absolute(name)
    }

    var exists: Bool { access(path, F_OK) == 0 }

    /// - Throws: `StatusError` also when there are more than `limit` bytes.
    func read(limit: Int) throws -> [UInt8] {
        do throws(IOError) {
            return try OwnedFD(opening: path, flags: O_RDONLY).readAll(limit: limit)
        } catch {
            throw error.errno == EFBIG ? StatusError("\(name): more than \(limit) bytes") : failure(error)
        }
    }

    /// Makes the file, empty; it must not be there.
    func create() throws {
        do throws(IOError) {
            _ = try OwnedFD(opening: path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
        } catch {
            throw failure(error)
        }
    }

    func append(_ text: String) throws {
        do throws(IOError) {
            try OwnedFD(opening: path, flags: O_WRONLY | O_APPEND).write(Array(text.utf8))
        } catch {
            throw failure(error)
        }
    }

    func remove() {
        unlink(path)
    }

    private func failure(_ error: IOError) -> StatusError {
        StatusError("\(IOError(errno: error.errno, operation: error.operation, path: name))")
    }
}
