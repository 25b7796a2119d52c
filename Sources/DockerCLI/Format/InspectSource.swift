// SPDX-License-Identifier: Apache-2.0

/// One kind of objects that `inspect` can find.
struct InspectSource: Sendable {
    /// What `--type` calls it.
    let type: String
    /// Whether `--size` means something.
    var supportsSize = false
    /// The object of a name or ID.
    /// - Throws: `NoSuchObject`, or the store's own error, when there is none.
    let find: @Sendable (_ name: String, _ showsSize: Bool) throws -> InspectedObject
}
