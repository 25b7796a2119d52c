// SPDX-License-Identifier: Apache-2.0

/// Parsed JSON, which nobody changes, for a closure that another thread might run.
struct UncheckedBox: @unchecked Sendable {
    let value: [String: Any]

    init(_ value: [String: Any]) {
        self.value = value
    }
}
