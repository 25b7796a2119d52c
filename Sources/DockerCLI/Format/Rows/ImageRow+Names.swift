// SPDX-License-Identifier: Apache-2.0

extension ImageRow {
    /// The rows of an image: one for each tag, then one for each repository that it has by digest only; a nameless
    /// image has one row too. With `--digests`, or `{{.Digest}}` in the format, each digest has a row of its own.
    static func rows(of image: ImageListing, format: ImageFormat, style: RowStyle) -> [ImageRow] {
        if image.isDangling { return [ImageRow(image: image, style: style)] }
        var rows: [ImageRow] = []
        for name in image.tags {
            let digests = format.needsDigests ? image.digests.filter { $0.repository == name.repository } : []
            for digest in digests.isEmpty ? [Self.none] : digests.map(\.suffix) {
                rows.append(
                    ImageRow(
                        image: image, repository: name.repository, tag: name.suffix, digest: digest, style: style))
            }
        }
        if image.digests.isEmpty { return rows }
        return rows + digestRows(of: image, format: format, style: style)
    }

    private static func digestRows(of image: ImageListing, format: ImageFormat, style: RowStyle) -> [ImageRow] {
        var rows: [ImageRow] = []
        var previous: String?
        for name in image.digests where !image.tags.contains(where: { $0.repository == name.repository }) {
            if format.showsDigests {
                rows.append(
                    ImageRow(image: image, repository: name.repository, digest: name.suffix, style: style))
            } else if name.repository != previous {
                // Without --digests docker leaves the digest of such a row empty, even where the format asks for it.
                rows.append(ImageRow(image: image, repository: name.repository, digest: "", style: style))
            }
            previous = name.repository
        }
        return rows
    }

    /// The one row of an image in `system df -v`: its first tag, no digest.
    static func usageRow(of image: ImageListing, style: RowStyle) -> ImageRow {
        let name = image.tags.first
        return ImageRow(
            image: image, repository: name?.repository ?? none, tag: name?.suffix ?? none, digest: "", style: style)
    }
}
