// SPDX-License-Identifier: Apache-2.0

/// The form in which an unpacked layer is kept below `layers/<diffID>/`: a seam for forms other than directories
/// (an EROFS image is one sequential write).
protocol LayerFormat: Sendable {
    /// The file or directory that a mount is pointed at.
    var name: String { get }

    /// Makes `directory`/`name` from an uncompressed tar, which `feed` pushes through its argument piece by piece.
    /// `lower`: layers below, topmost first, for the few archives that need them.
    func build(
        in directory: String, lower: [String], feed: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws
}
