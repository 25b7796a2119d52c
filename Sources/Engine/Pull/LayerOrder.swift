// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Lets the layers of an image complete in their order: a layer is complete when it and all below it are downloaded.
final class LayerOrder: Sendable {
    private struct State {
        var finished: Set<String> = []
        var completed = 0
    }

    private let layers: [String]
    private let complete: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter complete: called for each layer, base first.
    init(_ layers: [String], complete: @escaping @Sendable (String) -> Void) {
        self.layers = layers
        self.complete = complete
    }

    /// A layer is downloaded.
    func finish(_ layer: String) {
        state.withLock { state in
            state.finished.insert(layer)
            while state.completed < layers.count, state.finished.contains(layers[state.completed]) {
                complete(layers[state.completed])
                state.completed += 1
            }
        }
    }
}
