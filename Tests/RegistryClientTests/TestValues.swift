// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI

extension Descriptor {
    /// A layer of that text.
    static func test(_ text: String) throws -> Descriptor {
        Descriptor(
            mediaType: .ociLayer, digest: SHA256Hasher.digest(of: Array(text.utf8)), size: Int64(text.utf8.count))
    }
}
