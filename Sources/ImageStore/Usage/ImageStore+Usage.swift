// SPDX-License-Identifier: Apache-2.0

extension ImageStore {
    /// What `system df` says of images, from the catalog alone. For `-v` ask `images` with `withUsage`.
    public func diskUsage() throws -> DiskUsage {
        try translatingErrors {
            var usage = try reading { try $0.diskUsage() }
            for name in try DirectoryListing.names(in: layout.ingest) where name.hasSuffix(".partial") {
                guard let status = try FileStatus.of("\(layout.ingest)/\(name)") else { continue }
                usage.partials += 1
                usage.partialBytes += status.size
            }
            return usage
        }
    }

    /// Bytes of the blobs of images, each counted once.
    public func blobBytes() throws -> Int64 {
        try reading { try $0.blobBytes() }
    }
}
