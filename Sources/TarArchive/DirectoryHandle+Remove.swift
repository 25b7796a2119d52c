// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension DirectoryHandle {
    /// Removes a name and everything below it; links are removed, not followed.
    func removeAll(_ name: Name) throws(IOError) {
        do throws(IOError) {
            try unlink(name)
        } catch {
            guard error.errno == EISDIR || error.errno == EPERM else { throw error }
            try removeContents(name) { _ in true }
            try removeDirectory(name)
        }
    }

    /// Empties a directory of what `isDoomed` says; asked is about each child by name.
    func removeContents(_ name: Name, where isDoomed: ([UInt8]) -> Bool) throws(IOError) {
        let directory = OwnedFD(adopting: try openDirectory(name))
        let handle = DirectoryHandle(fd: directory.rawValue)
        for child in try handle.list() where isDoomed(child) { try handle.removeAll(child[...]) }
    }
}
