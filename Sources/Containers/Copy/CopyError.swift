// SPDX-License-Identifier: Apache-2.0

/// Why files can't be copied as asked: docker's client says these without asking its engine.
public struct CopyError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    static let cannotCopyDirectory = CopyError("cannot copy directory")
    static let noSuchDirectory = CopyError("no such directory")
    static let notADirectory = CopyError("not a directory")
}
