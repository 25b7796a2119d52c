// SPDX-License-Identifier: Apache-2.0

/// One change to the disk, as told to the fault seam of `FileOperations` before it happens.
enum FileStep: Equatable, Sendable {
    case makeDirectory(String)
    case create(String)
    case write(String, count: Int)
    case truncate(String)
    case sync(String)
    case rename(from: String, to: String)
    case unlink(String)
    /// A transaction of the catalog is about to become visible.
    case commit
}
