// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI

extension FakeRegistry {
    /// Serves `image` under `path:tag`.
    /// - Returns: its layers, base first.
    @discardableResult
    public func add(_ image: TestImage, to path: String, tag: String) throws -> [Descriptor] {
        let layout = try TestLayout()
        let entry = try image.write(to: layout)
        add(blob: try layout.bytes(of: entry.imageID))
        add(manifest: try layout.bytes(of: entry.digest), to: path, tag: tag)
        return image.layers.map { add(blob: $0.blob, mediaType: MediaType(rawValue: $0.form.rawValue)) }
    }
}
