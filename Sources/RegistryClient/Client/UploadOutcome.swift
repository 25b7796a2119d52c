// SPDX-License-Identifier: Apache-2.0

public import OCI

/// How a blob came to be in a repository.
public enum UploadOutcome: Sendable, Hashable {
    case alreadyExists
    case mounted(from: Repository)
    case uploaded
}
