// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

extension BlobSource {
    /// Nil when it is none that a reference could name.
    var repositoryReference: Repository? {
        (try? Reference(normalizing: "\(host)/\(repository)"))?.repository
    }
}
