// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// How far an attempt came, for the decision whether it made progress when it has failed.
final class DownloadFrontier: Sendable {
    private let bytes = Atomic<Int64>(0)

    var value: Int64 {
        get { bytes.load(ordering: .relaxed) }
        set { bytes.store(newValue, ordering: .relaxed) }
    }
}
