// SPDX-License-Identifier: Apache-2.0

/// The value for one request's `Authorization` header.
struct Authorization: Sendable {
    let header: Secret
    /// Just made, so that a 401 in answer to it is final.
    let isNew: Bool
}
