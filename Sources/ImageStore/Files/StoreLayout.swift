// SPDX-License-Identifier: Apache-2.0

import OCI

/// Where things are below the root of a store. Names of blobs and layers are made from parsed digests only.
struct StoreLayout: Sendable {
    let root: String

    var catalog: String { "\(root)/catalog.db" }
    var ociLayout: String { "\(root)/oci-layout" }
    var index: String { "\(root)/index.json" }
    var blobs: String { "\(root)/blobs/sha256" }
    var ingest: String { "\(root)/ingest" }
    var layers: String { "\(root)/layers" }
    var containers: String { "\(root)/containers" }
    var locks: String { "\(root)/locks" }
    var leases: String { "\(root)/leases" }
    var trash: String { "\(root)/trash" }
    /// Space for removals when the disk is full.
    var reserve: String { "\(root)/reserve" }

    /// Hosts that could not be reached a short while ago.
    var unreachableHosts: String { "\(root)/unreachable" }

    /// Directories of a new store, parents first.
    var directories: [String] {
        ["\(root)/blobs", blobs, ingest, layers, containers, locks, leases, trash]
    }

    func blob(_ digest: Digest) -> String { "\(blobs)/\(digest.hex)" }

    func partial(_ digest: Digest) -> String { "\(ingest)/\(digest.hex).partial" }
    func partialState(_ digest: Digest) -> String { "\(ingest)/\(digest.hex).state" }
    func partialLock(_ digest: Digest) -> String { "\(ingest)/\(digest.hex).lock" }

    func layer(_ diffID: Digest) -> String { "\(layers)/\(diffID.hex)" }
    /// A place for a layer to be unpacked in; never used as it is. Another one each time: ext4 puts a directory of
    /// `layers` where the hash of its name says (`clinux_scatter_directories`), and where a tree was deleted within the
    /// last minutes it looks at every deleted inode before it makes a new one (ext4's `recently_deleted`).
    func newUnfinishedLayer(_ diffID: Digest) -> String { "\(layers)/\(diffID.hex).\(RandomName.make()).new" }

    /// The layer that a name in `layers` is an unfinished tree of.
    static func unfinishedDiffID(_ name: String) -> Digest? {
        name.hasSuffix(".new") ? try? Digest(hex: name.prefix(64)) : nil
    }

    func layerLock(_ diffID: Digest) -> String { "\(locks)/layer-\(diffID.hex)" }

    /// Guards what is reachable: shared while something is added to a lease, exclusive while dead things go to the trash.
    var collectorLock: String { "\(locks)/collector" }
    /// Exclusive while index.json is written from the catalog.
    var indexLock: String { "\(locks)/index" }
    /// Exclusive while the store is created, migrated or rebuilt.
    var creationLock: String { "\(locks)/creation" }
    /// Exclusive while `prune` runs.
    var pruneLock: String { "\(locks)/prune" }
}
