// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// The verbs on containers at the top of the tree, and their group.
    static var containerVerbs: [Command] {
        [
            .containerRun.listed(.common(1)), .containerExec.listed(.common(2)),
            .containerList.named("ps", category: .common(3)),
            .containerExited, .containerHealth, .containerGroup, .networkGroup, .volumeGroup,
        ] + verbsAtBothPlaces
    }

    private static var containerGroup: Command {
        .group(
            "container", "Manage containers",
            verbsAtBothPlaces + [.containerRun, .containerExec, .containerList, .containerInspect, .containerPrune])
    }

    private static var verbsAtBothPlaces: [Command] {
        [
            .containerAttach, .containerCommit, .containerCopy, .containerCreate, .containerDiff, .containerExport,
            .containerKill, .containerLogs, .containerPause, .containerRemove, .containerRename, .containerRestart,
            .containerStart, .containerStats,
            .containerStop, .containerUnpause, .containerUpdate, .containerWait, .containerPort, .containerTop,
        ]
    }
}
