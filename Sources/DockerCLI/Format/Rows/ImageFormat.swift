// SPDX-License-Identifier: Apache-2.0

/// The format of `image ls`, with docker's own `table` and `raw`.
struct ImageFormat: Sendable {
    /// `--digests`: a column, and a row for each digest.
    let showsDigests: Bool
    /// The format shows digests, by option or by itself.
    let needsDigests: Bool
    /// The format with `table` and `raw` filled in.
    let source: String

    private static let age = "{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}"

    /// - Parameter quiet: `-q`, which only changes `table` and `raw`.
    init(_ source: String, quiet: Bool, showsDigests: Bool) {
        self.init(expanded: Self.expanded(source, quiet: quiet, showsDigests: showsDigests), showsDigests: showsDigests)
    }

    init(expanded source: String, showsDigests: Bool) {
        self.source = source
        self.showsDigests = showsDigests
        needsDigests = showsDigests || Self.hasDigest(source)
    }

    private static func expanded(_ source: String, quiet: Bool, showsDigests: Bool) -> String {
        switch source {
        case ListingFormat.defaultSource where quiet: return ListingFormat.quietID
        case ListingFormat.defaultSource:
            let digest = showsDigests ? "{{.Digest}}\t" : ""
            return "table {{.Repository}}\t{{.Tag}}\t\(digest){{.ID}}\t\(age)\t{{.Size}}"
        case ListingFormat.raw where quiet: return "image_id: {{.ID}}"
        case ListingFormat.raw: return raw(showsDigests: showsDigests)
        default:
            let lacksDigest = showsDigests && source.hasPrefix("table") && !hasDigest(source)
            return lacksDigest ? source + "\t{{.Digest}}" : source
        }
    }

    static func raw(showsDigests: Bool) -> String {
        let digest = showsDigests ? "digest: {{.Digest}}\n" : ""
        return "repository: {{ .Repository }}\ntag: {{.Tag}}\n\(digest)image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\n"
            + "virtual_size: {{.Size}}\n"
    }

    /// The very text, as docker looks for it: `{{ .Digest }}` doesn't count.
    private static func hasDigest(_ source: String) -> Bool {
        source.contains("{{.Digest}}")
    }
}
