// SPDX-License-Identifier: Apache-2.0
import Engine

extension Context {
    /// When and where the times of `--filter` are read.
    var filterMoment: FilterMoment {
        FilterMoment(now: clock(), zone: zone)
    }
}
