// SPDX-License-Identifier: Apache-2.0

import ByteStreams

/// Runs `body`, turning the errors of the lower layers into cases of `StoreError`; others (a caller's, thrown through a
/// closure) pass as they are.
func translatingErrors<T: ~Copyable>(_ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let error as IOError {
        throw StoreError.io(error)
    } catch let error as DatabaseError {
        throw StoreError.database(error)
    }
}
