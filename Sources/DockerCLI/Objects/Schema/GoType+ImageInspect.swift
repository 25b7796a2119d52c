// SPDX-License-Identifier: Apache-2.0
import GoTemplate

extension GoType {
    /// What `image inspect` shows (api/types/image/image_inspect.go).
    static let imageInspect = structure(
        "image.InspectResponse",
        [
            .field("ID", .string, json: "Id"), .field("RepoTags", strings), .field("RepoDigests", strings),
            .field("Parent", .string), .field("Comment", .string), .optional("Created", .string),
            .optional("Container", .string),
            .optional("ContainerConfig", .pointer(structure("container.Config", []))),
            .field("DockerVersion", .string), .field("Author", .string), .field("Config", .pointer(imageConfig)),
            .field("Architecture", .string), .optional("Variant", .string), .field("Os", .string),
            .optional("OsVersion", .string), .field("Size", .int64), .optional("VirtualSize", .int64),
            .field("GraphDriver", driverData),
            .field("RootFS", structure("image.RootFS", [.field("Type", .string), .optional("Layers", strings)])),
            .field("Metadata", structure("image.Metadata", [.optional("LastTagTime", time)])),
            .optional("Descriptor", .pointer(descriptor)),
            .optional("Manifests", .slice(structure("image.ManifestSummary", []))),
        ])

    /// moby/docker-image-spec
    private static let imageConfig = structure(
        "v1.DockerOCIImageConfig",
        [
            .embedded(
                "ImageConfig",
                structure(
                    "v1.ImageConfig",
                    [
                        .optional("User", .string), .optional("ExposedPorts", keySet), .optional("Env", strings),
                        .optional("Entrypoint", strings), .optional("Cmd", strings), .optional("Volumes", keySet),
                        .optional("WorkingDir", .string), .optional("Labels", stringMap),
                        .optional("StopSignal", .string), .optional("ArgsEscaped", .bool),
                    ])),
            .embedded(
                "DockerOCIImageConfigExt",
                structure(
                    "v1.DockerOCIImageConfigExt",
                    [
                        .optional("Healthcheck", .pointer(healthcheck)), .optional("OnBuild", strings),
                        .optional("Shell", strings),
                    ])),
        ])

    /// opencontainers/image-spec; the engine sends it with the containerd store only.
    static let descriptor = structure("v1.Descriptor", [])
}
