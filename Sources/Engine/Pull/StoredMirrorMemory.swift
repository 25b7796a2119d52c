// SPDX-License-Identifier: Apache-2.0
public import ImageStore
public import RegistryClient

/// Keeps in the store which mirrors could not be reached.
public struct StoredMirrorMemory: MirrorMemory {
    private let store: ImageStore

    public init(_ store: ImageStore) {
        self.store = store
    }

    public func unreachableMirrors() -> Set<String> {
        store.unreachableHosts()
    }

    public func note(unreachableMirrors mirrors: [String]) {
        store.note(unreachableHosts: mirrors)
    }
}
