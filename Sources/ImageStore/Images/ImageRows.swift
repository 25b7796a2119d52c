// SPDX-License-Identifier: Apache-2.0

/// Summaries of all images while a listing puts them together, in the order of their row numbers: rows of other tables
/// come in that order too, so finding an image again costs a comparison.
struct ImageRows {
    private(set) var summaries: [ImageSummary] = []
    private var keys: [Int64] = []
    private var cursor = 0

    init(capacity: Int) {
        summaries.reserveCapacity(capacity)
        keys.reserveCapacity(capacity)
    }

    mutating func append(_ summary: ImageSummary, key: Int64) {
        keys.append(key)
        summaries.append(summary)
    }

    /// Changes the image with a row number; nothing happens when there is none. Row numbers must not go down from call
    /// to call until `rewind`.
    mutating func update(key: Int64, _ change: (inout ImageSummary) -> Void) {
        while cursor < keys.count, keys[cursor] < key { cursor += 1 }
        guard cursor < keys.count, keys[cursor] == key else { return }
        change(&summaries[cursor])
    }

    mutating func rewind() { cursor = 0 }

    mutating func updateAll(_ change: (inout ImageSummary) -> Void) {
        for index in summaries.indices { change(&summaries[index]) }
    }

    /// Newest first, ties by ID.
    func sorted() -> [ImageSummary] {
        // Sorting the summaries themselves would retain and release their strings at every comparison.
        var order = summaries.indices.map { (created: summaries[$0].createdAt, id: summaries[$0].id, index: $0) }
        order.sort { left, right in
            left.created == right.created ? left.id < right.id : left.created > right.created
        }
        return order.map { summaries[$0.index] }
    }
}
