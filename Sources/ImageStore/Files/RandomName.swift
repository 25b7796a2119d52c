// SPDX-License-Identifier: Apache-2.0

/// Names of temporary files that two processes never choose alike.
enum RandomName {
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = String(generator.next() as UInt64, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
