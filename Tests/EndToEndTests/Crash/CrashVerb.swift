// SPDX-License-Identifier: Apache-2.0

import Testing

/// The command lines that the crash matrix kills, each in a store prepared for it.
enum CrashVerb: String, CaseIterable, CustomTestStringConvertible {
    /// Into a directory that does not exist: the creation of the store is part of it.
    case firstPull
    /// Moves a name to another image, which shares a layer with the old one.
    case pull, tag, rmi, prune, load, commit
    /// Of a store whose catalog is gone.
    case repair

    var testDescription: String { rawValue }

    var needsContainer: Bool { self == .commit }

    func arguments(_ scene: CrashScene) -> [String] {
        switch self {
        case .firstPull, .pull: ["pull", "-q", scene.moving]
        case .tag: ["tag", scene.old, "other:1"]
        case .rmi: ["rmi", "-f", scene.old, scene.moving]
        case .prune: ["image", "prune", "-a", "-f"]
        case .load: ["load", "-q", "-i", scene.archive]
        case .commit: ["commit", "crash", "committed:1"]
        case .repair: ["system", "check", "--repair"]
        }
    }

    /// Makes the store that the command line finds.
    func prepare(_ scene: CrashScene) throws {
        guard self != .firstPull else { return }
        try scene.require("pull", "-q", scene.old)
        try scene.require("tag", scene.old, scene.moving)
        switch self {
        case .rmi, .prune:
            try scene.require("pull", "-q", scene.moving)
            try scene.unpack(scene.moving)
        case .load:
            try scene.require("pull", "-q", scene.moving)
            try scene.require("save", "-o", scene.archive, scene.moving)
            try scene.require("rmi", scene.moving)
        case .commit:
            try scene.require("create", "--name", "crash", scene.old, "true")
            try scene.writeIntoContainer()
        case .repair:
            try scene.require("pull", "-q", scene.moving)
            try scene.loseCatalog()
        default: break
        }
    }

    /// The names of the store once the command line got through, as `images` sorts them by text.
    func names(_ scene: CrashScene) -> [String] {
        switch self {
        case .firstPull: [scene.moving]
        case .pull, .load, .repair: [scene.old, scene.moving].sorted()
        case .tag: [scene.old, scene.moving, "other:1"].sorted()
        case .rmi, .prune: []
        case .commit: [scene.old, scene.moving, "committed:1"].sorted()
        }
    }
}
