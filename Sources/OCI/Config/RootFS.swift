// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// The layers of an image by the digests of their uncompressed tars (OCI image spec, config.md, "rootfs").
public struct RootFS: Hashable, Sendable {
    /// Always `layers`.
    public var type: String
    /// From the base up.
    public var diffIDs: [Digest]

    public init(type: String = "layers", diffIDs: [Digest]) {
        self.type = type
        self.diffIDs = diffIDs
    }

    init(_ fields: JSONFields) throws(JSONFields.Failure) {
        type = try fields.string("type") ?? ""
        diffIDs = []
        for element in try fields.array("diff_ids") ?? [] {
            let text = try JSONFields.string(element.value, path: element.path)
            do {
                diffIDs.append(try Digest(parsing: text))
            } catch {
                throw JSONFields.Failure(path: element.path, reason: error.description)
            }
        }
    }
}
