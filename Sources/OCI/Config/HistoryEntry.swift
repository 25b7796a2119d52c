// SPDX-License-Identifier: Apache-2.0

/// One step of how an image was made (OCI image spec, config.md, "history").
public struct HistoryEntry: Hashable, Sendable {
    /// As written, RFC 3339.
    public var created: String?
    public var author: String
    public var createdBy: String
    public var comment: String
    /// The step made no layer.
    public var emptyLayer: Bool

    public init(
        created: String? = nil, author: String = "", createdBy: String = "", comment: String = "",
        emptyLayer: Bool = false
    ) {
        self.created = created
        self.author = author
        self.createdBy = createdBy
        self.comment = comment
        self.emptyLayer = emptyLayer
    }

    init(_ fields: JSONFields) throws(JSONFields.Failure) {
        created = try fields.timestamp("created")
        author = try fields.string("author") ?? ""
        createdBy = try fields.string("created_by") ?? ""
        comment = try fields.string("comment") ?? ""
        emptyLayer = try fields.bool("empty_layer") ?? false
    }
}
