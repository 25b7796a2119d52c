// SPDX-License-Identifier: Apache-2.0
import Engine
import ImageStore

/// What one `image ls` is to show.
struct ImageListRequest {
    var format: ImageFormat
    var conditions: [FilterCondition]
    /// The argument, which is among the conditions too.
    var pattern: String?
    var includesIntermediates: Bool
    var truncates: Bool
    var showsTree: Bool

    func images(in store: ImageStore, _ context: Context) throws -> [ListedImage] {
        let filter = try ImageFilter(conditions, in: store, at: context.filterMoment)
        return try ListImages(store, filter: filter, includesIntermediates: includesIntermediates).run()
    }

    func table(of images: [ListedImage], _ context: Context) throws -> [UInt8] {
        let style = RowStyle(context, truncates: truncates)
        let listing = try ListingFormat(format.source)
        // Lazy: rows of 10 000 images would be megabytes that nobody reads twice.
        let rows = images.lazy.flatMap { image in
            let listed = ImageListing(image.summary, references: image.references, knowsSharing: false)
            return ImageRow.rows(of: listed, format: format, style: style)
        }
        return try listing.text(rows)
    }
}
