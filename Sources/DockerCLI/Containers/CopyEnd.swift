// SPDX-License-Identifier: Apache-2.0

/// One of the two ends of `cp`.
enum CopyEnd: Hashable, Sendable {
    case container(name: String, path: String)
    case local(String)

    /// A local path with a colon must be absolute or begin with a dot.
    init(_ argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if argument.hasPrefix("/") || parts.count < 2 || parts[0].hasPrefix(".") || parts[0].isEmpty {
            self = .local(argument)
        } else {
            self = .container(name: parts[0], path: parts[1])
        }
    }
}
