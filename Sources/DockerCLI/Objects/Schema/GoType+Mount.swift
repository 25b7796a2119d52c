// SPDX-License-Identifier: Apache-2.0
import GoTemplate

extension GoType {
    /// api/types/mount/mount.go
    static let mount = structure(
        "mount.Mount",
        [
            .optional("Type", text("mount.Type")), .optional("Source", .string), .optional("Target", .string),
            .optional("ReadOnly", .bool), .optional("Consistency", text("mount.Consistency")),
            .optional("BindOptions", .pointer(bindOptions)), .optional("VolumeOptions", .pointer(volumeOptions)),
            .optional("ImageOptions", .pointer(structure("mount.ImageOptions", [.optional("Subpath", .string)]))),
            .optional("TmpfsOptions", .pointer(tmpfsOptions)), .optional("ClusterOptions", .pointer(.structure([]))),
        ])

    private static let bindOptions = structure(
        "mount.BindOptions",
        [
            .optional("Propagation", text("mount.Propagation")), .optional("NonRecursive", .bool),
            .optional("CreateMountpoint", .bool), .optional("ReadOnlyNonRecursive", .bool),
            .optional("ReadOnlyForceRecursive", .bool),
        ])
    private static let volumeOptions = structure(
        "mount.VolumeOptions",
        [
            .optional("NoCopy", .bool), .optional("Labels", stringMap), .optional("Subpath", .string),
            .optional(
                "DriverConfig",
                .pointer(
                    structure("mount.Driver", [.optional("Name", .string), .optional("Options", stringMap)]))),
        ])
    private static let tmpfsOptions = structure(
        "mount.TmpfsOptions",
        [
            .optional("SizeBytes", .int64), .optional("Mode", .named("fs.FileMode", .uint32)),
            .optional("Options", .slice(strings)),
        ])
}
