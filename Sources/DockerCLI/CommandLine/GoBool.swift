// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Booleans as Go's `strconv.ParseBool` reads them.
enum GoBool {
    static func parse(_ text: String) throws(NumberError) -> Bool {
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": return true
        case "0", "f", "F", "false", "FALSE", "False": return false
        default: throw NumberError(function: "ParseBool", text: text, reason: .syntax)
        }
    }
}
