// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// The whole tree.
    static func top(program: String) -> Command {
        .root(
            program, "A self-sufficient runtime for containers", version: Version.line(program: program),
            containerVerbs + [
                .imagePull.listed(.common(4)),
                .imagePush.listed(.common(5)),
                .imageList.named("images", category: .common(6)),
                .version.listed(.common(10)),
                .systemInfo.listed(.common(11)),
                .imageHistory,
                .imageImport,
                .imageRemove.named("rmi"),
                .imageLoad,
                .imageSave,
                .imageTag,
                .inspect,
                .login, .logout, .search,
                .group(
                    "image", "Manage images",
                    [
                        .imageCopy, .imageExists, .imageHistory, .imageImport, .imageInspect, .imageList, .imagePin,
                        .imagePrune, .imagePull, .imageLoad, .imagePush, .imageRemove, .imageSave, .imageTag,
                        .imageUnpin, .imageUntag,
                    ]),
                .manifestGroup,
                .registryGroup,
                .group(
                    "system", "Manage \(program == "docker" ? "Docker" : program)",
                    [.systemCheck, .systemDiskUsage, .systemInfo, .systemPrune]),
            ],
            globals: GlobalOptions.declare)
    }
}
