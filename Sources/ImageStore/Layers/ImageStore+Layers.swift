// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import CLinux
import DockerFormat
import Glibc
public import OCI

extension ImageStore {
    /// The path of a layer's tree, unpacked now if it is not there. May be called for many layers at once; each is
    /// unpacked by one thread of one process, the others wait for it.
    ///
    /// `lower`: trees of the layers below, topmost first, needed by the rare archive whose hard links point into them.
    /// Hold the lease as long as the tree is used, until a container record refers to the layer.
    ///
    /// Nothing is synced here: on the disk of a laptop syncfs costs seconds for a large layer, and the tree can be made
    /// again from its blob. A tree carries the boot it was written in until `persistLayers` has synced it; one from
    /// another boot may have been lost in part and is made again. So ask here at every start of a container.
    public func unpackedLayer(_ layer: LayerRecord, lower: [String] = [], lease: Lease) throws -> String {
        try translatingErrors {
            try lease.protect([layer.diffID, layer.blob])
            let path = "\(layout.layer(layer.diffID))/\(layerFormat.name)"
            if isUsable(layer.diffID) { return path }
            try requireWritable()
            let lock = try FileLock.acquire(
                layout.layerLock(layer.diffID), .exclusive, timeout: options.lockTimeout * 20, files: files
            )
            if !isUsable(layer.diffID) { try unpack(layer, lower: lower) }
            try files.unlink(layout.layerLock(layer.diffID))
            _ = consume lock
            return path
        }
    }

    /// The layers of a chain, base first (a container's `chainIDs`: it may outlive its image).
    /// Throws `.blobMissing` when nothing in the store inflates to one of them.
    public func layers(chainIDs: [Digest]) throws -> [LayerRecord] {
        try reading { catalog in try chainIDs.map { try catalog.layer(chainID: $0) } }
    }

    /// Whether a layer's tree can be used as it is.
    public func isUnpacked(_ diffID: Digest) -> Bool { isUsable(diffID) }

    /// Makes the unpacked layers of this boot durable, when there are some that are older than `age` seconds: one syncfs
    /// for all. The kernel has written most of them within a minute by itself.
    public func persistLayers(age: Int64 = 60) throws {
        try requireWritable()
        try translatingErrors {
            let limit = options.now().unixSeconds - age
            let fresh = try DirectoryListing.names(in: layout.layers)
                .filter { (try? Digest(hex: $0)) != nil }
                .map { "\(layout.layers)/\($0)" }
                .filter { try isUnsynced($0, before: limit) }
            guard !fresh.isEmpty else { return }
            let directory = try OwnedFD(opening: layout.layers, flags: O_RDONLY | O_DIRECTORY)
            try files.syncFileSystem(of: directory, path: layout.layers)
            // What vanished meanwhile was collected; what was unpacked meanwhile keeps its mark.
            for layer in fresh where try isUnsynced(layer, before: limit) { try files.unlink("\(layer)/boot") }
        }
    }

    // MARK: Steps

    private var layerFormat: any LayerFormat { DirectoryFormat() }

    /// Whether a tree was written in this boot and perhaps not to the disk; one of another boot may have lost something.
    private func isUnsynced(_ directory: String, before limit: Int64) throws -> Bool {
        let mark = "\(directory)/boot"
        guard let status = try FileStatus.of(mark), status.modified <= limit else { return false }
        return try FileOperations.open(mark)?.readAll(limit: 256) == BootID.current()
    }

    private func isUsable(_ diffID: Digest) -> Bool {
        let directory = layout.layer(diffID)
        guard (try? FileStatus.of("\(directory)/\(layerFormat.name)")) != nil else { return false }
        guard let file = try? FileOperations.open("\(directory)/boot"), let boot = try? file.readAll(limit: 256) else {
            return true
        }
        return boot == BootID.current()
    }

    /// Under the layer's lock. The tree is built beside its place and renamed when it is whole.
    private func unpack(_ layer: LayerRecord, lower: [String]) throws {
        try removeUnfinished(layer.diffID)
        _ = try removeTree(layout.layer(layer.diffID))
        let temporary = layout.newUnfinishedLayer(layer.diffID)
        clinux_scatter_directories(layout.layers)
        try files.makeDirectory(temporary)
        do {
            try layerFormat.build(in: temporary, lower: lower) { push in try inflate(layer.blob, push) }
            let boot = try files.create("\(temporary)/boot", flags: O_TRUNC)
            try files.write(BootID.current(), to: boot, path: "\(temporary)/boot")
            try files.rename(temporary, to: layout.layer(layer.diffID))
        } catch {
            _ = try? removeTree(temporary)
            throw error
        }
    }

    /// What a killed unpacking left.
    private func removeUnfinished(_ diffID: Digest) throws {
        for name in try DirectoryListing.names(in: layout.layers) where StoreLayout.unfinishedDiffID(name) == diffID {
            _ = try removeTree("\(layout.layers)/\(name)")
        }
    }

    /// Pushes the tar of a layer blob; the blob's own digest is checked at its end, which vouches for the diff ID too.
    func inflate(_ blob: Digest, _ push: (UnsafeRawBufferPointer) throws -> Void) throws {
        let reader = try openBlob(blob)
        var inflater: Inflater?
        try reader.forEachPiece { piece in
            if inflater == nil { inflater = try Inflater(Compression.detect(piece), limits: layerLimits) }
            try inflater?.push(piece, push)
        }
        try inflater?.finish()
    }
}
