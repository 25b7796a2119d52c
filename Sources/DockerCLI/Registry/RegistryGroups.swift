// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// `docker manifest`, of which only the verb that reads is here.
    static var manifestGroup: Command {
        var group = group("manifest", "Manage Docker image manifests and manifest lists", [.manifestInspect])
        // docker's own usage line has it.
        group.usage = "COMMAND"
        return group
    }

    /// What docker leaves to each registry's own pages.
    static var registryGroup: Command {
        .group(
            "registry", "Look into registries and manage what they hold",
            [.registryExplain, .registryLimits, .registryList, .registryRemove])
    }
}
