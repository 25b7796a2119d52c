// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Containers
import ImageStore

/// A program or library that does part of the work, and its version.
public struct ProgramPart: Sendable, Hashable {
    public var name: String
    /// nil when it isn't installed.
    public var version: String?
    /// Where a program is; nil for libraries.
    public var path: String?

    /// The programs that run containers, then the libraries.
    /// - Parameter isRoot: root's networks are made by another program.
    public static func all(isRoot: Bool) -> [ProgramPart] {
        let programs = HelperProgram.all(isRoot: isRoot).map { program in
            ProgramPart(
                name: program.name, version: program.path == nil ? nil : program.version() ?? "unknown",
                path: program.path)
        }
        return programs + [
            ProgramPart(name: "SQLite", version: ImageStore.databaseVersion),
            ProgramPart(name: "zlib", version: LinkedLibraries.zlibVersion),
            ProgramPart(name: "zstd", version: LinkedLibraries.zstdVersion),
        ]
    }
}
