// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI

extension StoreError: CustomStringConvertible {
    public var description: String {
        openingText ?? namingText ?? contentText ?? otherText
    }

    private var openingText: String? {
        switch self {
        case .newerSchema(let path, let found, let supported):
            "the store at \(path) has schema version \(found), this program knows versions up to \(supported): "
                + "use a newer dockerlite"
        case .catalogLost(let path):
            "the store at \(path) has no usable catalog: run 'dockerlite system check --repair' to rebuild it from "
                + "the blobs and index.json"
        case .notACatalog(let path):
            "\(path) is not a catalog of dockerlite, or it is damaged: run 'dockerlite system check --repair' to "
                + "rebuild it from the blobs and index.json"
        case .accessDenied(let path, let owner):
            "permission denied while opening the store at \(path), which belongs to uid \(owner): "
                + "use --root or DOCKERLITE_ROOT to choose another one"
        case .noSuchStore(let path): "there is no store at \(path)"
        case .readOnly(let path): "the store at \(path) is read-only"
        case .closed(let path): "the store at \(path) was closed"
        case .lockTimeout(let path, let holder, let waited):
            "timed out after \(waited.components.seconds)s waiting for the lock \(path), held by "
                + (holder?.description ?? "another process")
        default: nil
        }
    }

    private var namingText: String? {
        switch self {
        case .noSuchImage(let name): "No such image: \(name)"
        case .referenceNotFound: "reference does not exist"
        case .invalidReference(let error): error.description
        case .blankName: "image name cannot be blank"
        case .ambiguousTagName: "refusing to create an ambiguous tag using digest algorithm as name"
        case .tagOnDigest: "refusing to create a tag with a digest reference"
        case .unsupportedDigest(let digest): "unsupported digest algorithm: \(digest)"
        case .conflict(let conflict): conflict.description
        case .pruneRunning: "a prune operation is already running"
        default: nil
        }
    }

    private var contentText: String? {
        switch self {
        case .tooLong(let digest, let size): "\(digest): more than the expected \(size) bytes"
        case .tooShort(let digest, let size, let received):
            "\(digest): unexpected EOF: received \(received) of \(size) bytes"
        case .digestMismatch(let expected, let actual):
            "filesystem layer verification failed for digest \(expected): content has digest \(actual)"
        case .invalidSize(let digest, let size): "\(digest): invalid size \(size)"
        case .blobMissing(let digest): "blob \(digest) is missing from the store: pull its image again"
        case .blobDamaged(let digest): "blob \(digest) is damaged: pull its image again"
        case .blobTooLarge(let digest, let size, let limit): "blob \(digest) has \(size) bytes, the limit is \(limit)"
        case .layerCount(let manifest, let config):
            "invalid manifest, layers length mismatch: expected \(manifest), got \(config)"
        case .diffIDMismatch(let position, let expected, let actual):
            "invalid diffID for layer \(position): expected \"\(expected)\", got \"\(actual)\""
        case .historyMismatch: "too many non-empty layers in History section"
        default: nil
        }
    }

    private var otherText: String {
        switch self {
        case .containerNameInUse(let name, let holder):
            "Conflict. The container name \"/\(name)\" is already in use by container \"\(holder)\". "
                + "You have to remove (or rename) that container to be able to reuse that name."
        case .noSuchContainer(let name): "No such container: \(name)"
        case .noSuchVolume(let name): "get \(name): no such volume"
        case .volumeInUse(let name, let holders):
            "remove \(name): volume is in use - [\(holders.joined(separator: ", "))]"
        case .io(let error): error.description
        case .database(let error): error.description
        default: "store error"
        }
    }
}
