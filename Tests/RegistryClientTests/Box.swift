// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A text that a test and its server share.
final class Box: Sendable {
    private let storage: Mutex<String>

    init(_ value: String = "") {
        storage = Mutex(value)
    }

    var value: String {
        get { storage.withLock { $0 } }
        set { storage.withLock { $0 = newValue } }
    }
}
