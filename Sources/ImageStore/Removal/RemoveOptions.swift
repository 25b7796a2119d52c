// SPDX-License-Identifier: Apache-2.0

/// How an image is removed.
public struct RemoveOptions: Sendable {
    /// `--force`: ignores soft conflicts.
    public var force: Bool
    /// Untagged local parents go too (not with `--no-prune`).
    public var prunesParents: Bool
    /// Tells what would happen and changes nothing.
    public var isDryRun: Bool

    public init(force: Bool = false, prunesParents: Bool = true, isDryRun: Bool = false) {
        self.force = force
        self.prunesParents = prunesParents
        self.isDryRun = isDryRun
    }
}
