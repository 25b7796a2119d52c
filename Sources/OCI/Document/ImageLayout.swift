// SPDX-License-Identifier: Apache-2.0

/// The `oci-layout` file, which marks a directory or archive as an OCI image layout (OCI image spec, image-layout.md).
public struct ImageLayout: Hashable, Sendable {
    /// The name of the file.
    public static let fileName = "oci-layout"
    /// The only version there is.
    public static let version = "1.0.0"

    /// Reads the file; another version is refused.
    public init(parsing bytes: [UInt8]) throws(ManifestError) {
        let version = try ManifestError.wrap { () throws(JSONFields.Failure) in
            try JSONFields(try JSONFields.document(bytes), path: "").string("imageLayoutVersion")
        }
        guard version == Self.version else {
            throw .invalidField(path: "imageLayoutVersion", reason: "not \(Self.version)")
        }
    }
}
