// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// `docker manifest`, of which only the verb that reads is here.
    static var manifestGroup: Command {
        var group = group("manifest", "Manage Docker image manifests and manifest lists", [.manifestInspect])
        // docker's own usage line has it.
        group.usage = "COMMAND"
        group.isExperimental = true
        group.long = """
            The **docker manifest** command has subcommands for managing image manifests and
            manifest lists. A manifest list allows you to use one name to refer to the same image
            built for multiple architectures.

            To see help for a subcommand, use:

                docker manifest CMD --help

            For full details on using docker manifest lists, see the registry v2 specification.
            """
        return group
    }

    /// What docker leaves to each registry's own pages.
    static var registryGroup: Command {
        .group(
            "registry", "Look into registries and manage what they hold",
            [.registryExplain, .registryLimits, .registryList, .registryRemove])
    }
}
