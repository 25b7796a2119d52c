// SPDX-License-Identifier: Apache-2.0

import OCI

/// A blob at an endpoint that redirects to storage: the presigned address serves for further ranges until it expires.
struct StorageTarget: Sendable, Hashable {
    let endpoint: HTTPURL
    let path: String
    let digest: Digest
}
