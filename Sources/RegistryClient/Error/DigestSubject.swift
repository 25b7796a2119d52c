// SPDX-License-Identifier: Apache-2.0

/// What a digest was to verify; docker words each differently.
public enum DigestSubject: String, Sendable, Hashable {
    case manifest
    case config = "image config"
    case layer = "filesystem layer"
}
