// SPDX-License-Identifier: Apache-2.0

/// Where the copied files are unpacked, and the name they get there: docker's table of cases (`docker cp`, "If SRC_PATH
/// specifies a file …"; moby, archive.PrepareArchiveCopy).
public struct CopyPlan: Hashable, Sendable {
    /// An existing directory.
    public let directory: String
    /// The name of what is copied; `.` spreads a directory's contents.
    public let name: String

    public init(from source: CopySource, to destination: CopyDestination) throws(CopyError) {
        if destination.exists, destination.isDirectory {
            directory = destination.path.text
            let name = source.alias ?? source.path.name
            self.name = name == "/" ? "." : name
            return
        }
        if destination.exists, source.isDirectory { throw .cannotCopyDirectory }
        // A trailing separator of what exists was found to be wrong before.
        if !destination.exists, !source.isDirectory, destination.path.assertsDirectory { throw .noSuchDirectory }
        directory = destination.path.directory
        name = destination.path.name
    }
}
