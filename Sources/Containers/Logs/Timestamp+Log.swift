// SPDX-License-Identifier: Apache-2.0
import DockerFormat

extension Timestamp {
    /// What `logs -t` puts in front of a line: UTC with nine digits of fraction, and a space.
    var logPrefix: String {
        let digits = String(nanosecond)
        let fraction = String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
        return rfc3339(fraction: .none).dropLast() + ".\(fraction)Z "
    }
}
