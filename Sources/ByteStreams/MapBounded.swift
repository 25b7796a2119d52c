// SPDX-License-Identifier: Apache-2.0

/// Runs `body` on every item, at most `limit` at a time, and returns the results in the order of the items.
///
/// The first error cancels the rest and is thrown once all have stopped.
public func mapBounded<Item: Sendable, Output: Sendable>(
    _ items: [Item], limit: Int, _ body: @escaping @Sendable (Item) async throws -> Output
) async throws -> [Output] {
    var results = [Output?](repeating: nil, count: items.count)
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
        for (index, item) in items.enumerated() {
            if index >= max(limit, 1), let (done, output) = try await group.next() { results[done] = output }
            group.addTask { (index, try await body(item)) }
        }
        for try await (done, output) in group { results[done] = output }
    }
    return results.compactMap { $0 }
}
