// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// What `image ls --tree` prints: each image under all its names, and below it its variants by platform.
///
/// The layout is that of docker 29, in which the view left its experimental stage (docker/cli, tree.go).
struct ImageTree: Sendable {
    /// A line of the tree: an image, or a variant of one.
    struct Node: Sendable {
        /// Names of an image; none is `<untagged>`. A variant has its platform.
        var names: [String]
        var id: String
        var diskUsage: String
        var contentSize: String
        /// A container was made from it.
        var isInUse: Bool
        var children: [Node] = []
    }

    private static let idWidth = 12
    private static let usageHeading = "DISK USAGE"
    private static let contentHeading = "CONTENT SIZE"
    private static let extraWidth = 5
    private static let gap = "   "
    private static let branch = "├─ "
    private static let lastBranch = "└─ "

    private let images: [Node]
    /// A blank line stands after each image as soon as one has variants.
    private let isSpaced: Bool

    init(_ images: [Node]) {
        self.images = images
        isSpaced = images.contains { !$0.children.isEmpty }
    }

    /// `images` by name, and the names of each sorted; nameless images stand last.
    static func sorted(_ images: [Node]) -> [Node] {
        let sorted = images.map { image in
            var image = image
            image.names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return image
        }
        return sorted.filter { !$0.names.isEmpty }
            .sorted { $0.names[0].utf8.lexicographicallyPrecedes($1.names[0].utf8) } + sorted.filter(\.names.isEmpty)
    }

    var text: String {
        let width = nameWidth
        var lines = [
            Self.padded("IMAGE", width) + Self.gap + Self.padded("ID", Self.idWidth) + Self.gap + Self.usageHeading
                + Self.gap + Self.contentHeading + Self.gap + "EXTRA"
        ]
        for image in images {
            let names = image.names.isEmpty ? ["<untagged>"] : image.names
            lines += names.dropLast().map { Self.padded($0, width) }
            lines.append(Self.line(names[names.count - 1], image, width))
            for (index, child) in image.children.enumerated() {
                let prefix = index + 1 == image.children.count ? Self.lastBranch : Self.branch
                lines.append(Self.line(prefix + (child.names.first ?? ""), child, width))
            }
            if isSpaced { lines.append("") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// docker counts the bytes of a name here, not its columns.
    private var nameWidth: Int {
        var widths = ["IMAGE".utf8.count]
        for image in images {
            widths += image.names.isEmpty ? ["<untagged>".utf8.count] : image.names.map(\.utf8.count)
            widths += image.children.map { Self.branch.utf8.count + ($0.names.first ?? "").utf8.count }
        }
        return widths.max() ?? 0
    }

    private static func line(_ name: String, _ node: Node, _ width: Int) -> String {
        padded(name, width) + gap + padded(Ellipsis.shortID(node.id), idWidth) + gap
            + padded(node.diskUsage, -usageHeading.utf8.count) + gap
            + padded(node.contentSize, -contentHeading.utf8.count) + gap + padded(node.isInUse ? "U" : "", extraWidth)
    }

    /// `text` in so many columns, on the right when the number is negative.
    private static func padded(_ text: String, _ width: Int) -> String {
        let space = String(repeating: " ", count: max(0, abs(width) - DisplayWidth.columns(of: text)))
        return width < 0 ? space + text : text + space
    }
}
