// SPDX-License-Identifier: Apache-2.0

/// Paths without `.`, `..` and doubled `/`, as Go's `filepath.Clean` leaves them; nothing is looked up.
enum CleanPath {
    static func absolute(_ path: String, from directory: String) -> String {
        let whole = path.utf8.first == UInt8(ascii: "/") ? path : directory + "/" + path
        var components: [Substring] = []
        for component in whole.utf8.split(separator: UInt8(ascii: "/")).map({ Substring($0) }) {
            switch component {
            case ".": continue
            case "..": _ = components.popLast()
            default: components.append(component)
            }
        }
        return "/" + components.joined(separator: "/")
    }
}
