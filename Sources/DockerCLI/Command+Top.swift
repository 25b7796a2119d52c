// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// The whole tree.
    static func top(program: String) -> Command {
        .root(
            program, "A self-sufficient runtime for containers", version: Version.line(program: program),
            [
                .imagePull.listed(.common(4)),
                .imageRemove.named("rmi"),
                .imageTag,
                .group(
                    "image", "Manage images",
                    [
                        .imagePull, .imageRemove, .imageTag,
                    ]),
            ],
            globals: GlobalOptions.declare)
    }
}
