// SPDX-License-Identifier: Apache-2.0

import OCI

/// A blob at one endpoint.
struct BlobAddress: Sendable, Hashable {
    let endpoint: HTTPURL
    let path: String
    let digest: Digest
}
