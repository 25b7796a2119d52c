// SPDX-License-Identifier: Apache-2.0
import Containers

extension VolumeRow {
    /// - Parameter usage: nil where nobody counted.
    init(_ volume: Volume, usage: Usage? = nil, style: RowStyle) {
        self.init(
            name: volume.name, driver: volume.driver, scope: "local", mountpoint: volume.mountpoint,
            labels: volume.allLabels, usage: usage, style: style)
    }
}
