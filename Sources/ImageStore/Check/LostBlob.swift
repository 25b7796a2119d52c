// SPDX-License-Identifier: Apache-2.0

import OCI

/// An image cannot be restored without this blob, which is missing or damaged.
struct LostBlob: Error {
    let blob: Descriptor
    let reason: StoreError
}
