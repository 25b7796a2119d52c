// SPDX-License-Identifier: Apache-2.0
public import DockerFormat
public import OCI

/// What `import` is asked for.
public struct ImportRequest: Sendable {
    /// Where the files come from, for the default comment: a URL, or `-` for everything else, as in docker.
    public var origin: String
    /// The image's name; nil leaves it without one.
    public var reference: Reference?
    /// Empty says where the files come from.
    public var message = ""
    /// Dockerfile instructions (`-c`).
    public var changes: [String] = []
    /// nil is this machine's.
    public var platform: Platform?
    /// When the image is said to have been made; a fixed time gives the same image for the same files.
    public var created: Timestamp

    public init(origin: String, reference: Reference?, created: Timestamp) {
        self.origin = origin
        self.reference = reference
        self.created = created
    }
}
