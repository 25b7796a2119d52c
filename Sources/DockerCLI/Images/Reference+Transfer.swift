// SPDX-License-Identifier: Apache-2.0
import OCI

extension Reference {
    /// What the argument of `pull` or `push` names, checked as docker's client checks it.
    init(transferring argument: String, allTags: Bool) throws {
        self = try Reference(normalizing: argument)
        guard !allTags || isNameOnly else { throw StatusError("tag can't be used with --all-tags/-a") }
    }

    /// The full name that `pull` and `push -q` print: with all tags, that of the repository.
    func transferredName(allTags: Bool) -> String {
        allTags ? canonical : withDefaultTag().canonical
    }
}
