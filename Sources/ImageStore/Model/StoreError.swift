// SPDX-License-Identifier: Apache-2.0

public import ByteStreams
import Glibc
public import OCI

/// Everything that a store can refuse. Where docker has a text for it, `description` is docker's.
public enum StoreError: Error, Equatable {
    // Opening
    case newerSchema(path: String, found: Int, supported: Int)
    /// The root has blobs but no catalog (or a corrupt one): it must be rebuilt, never taken for an empty store.
    case catalogLost(path: String)
    case notACatalog(path: String)
    case accessDenied(path: String, owner: UInt32)
    case noSuchStore(path: String)
    case readOnly(path: String)
    case closed(path: String)
    case lockTimeout(path: String, holder: LockHolder?, waited: Duration)

    // Naming
    /// The familiar name as it was looked for, `latest` filled in.
    case noSuchImage(String)
    /// The argument as it was given.
    case referenceNotFound(String)
    case invalidReference(ReferenceError)
    case blankName
    case ambiguousTagName
    case tagOnDigest
    case unsupportedDigest(String)
    case conflict(RemovalConflict)
    case pruneRunning

    // Content
    case tooLong(digest: Digest, size: Int64)
    case tooShort(digest: Digest, size: Int64, received: Int64)
    case digestMismatch(expected: Digest, actual: Digest)
    case invalidSize(digest: Digest, size: Int64)
    case blobMissing(Digest)
    case blobDamaged(Digest)
    case blobTooLarge(digest: Digest, size: Int64, limit: Int)
    /// The number of layers of manifest and config differ.
    case layerCount(manifest: Int, config: Int)
    case diffIDMismatch(position: Int, expected: Digest, actual: Digest)
    case historyMismatch

    // Containers and volumes
    case containerNameInUse(name: String, by: String)
    case noSuchContainer(String)
    case noSuchVolume(String)
    case volumeInUse(name: String, by: [String])

    case io(IOError)
    case database(DatabaseError)

    /// There is no space left for what was to be written.
    public var isDiskFull: Bool {
        switch self {
        case .io(let error): error.errno == ENOSPC || error.errno == EDQUOT
        case .database(let error): error.isDiskFull
        default: false
        }
    }
}
