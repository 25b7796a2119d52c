// SPDX-License-Identifier: Apache-2.0
public import DockerFormat
public import OCI

/// What `commit` is asked for.
public struct CommitRequest: Sendable {
    public var container: String
    /// The image's name; nil leaves it without one.
    public var reference: Reference?
    public var author = ""
    public var message = ""
    /// Dockerfile instructions (`-c`).
    public var changes: [String] = []
    /// Freezes a running container meanwhile.
    public var pauses = true
    /// When the image is said to have been made; a fixed time gives the same image for the same files.
    public var created: Timestamp

    public init(container: String, reference: Reference?, created: Timestamp) {
        self.container = container
        self.reference = reference
        self.created = created
    }
}
