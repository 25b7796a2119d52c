// SPDX-License-Identifier: Apache-2.0

extension ImageStore {
    /// Records a volume. Whether it is new; an old one stays as it is.
    @discardableResult
    public func insert(_ volume: VolumeRecord) throws -> Bool {
        try writing { try $0.insert(volume) }
    }

    /// Throws `.noSuchVolume`.
    public func volume(_ name: String) throws -> VolumeRecord {
        try reading { catalog in
            guard let volume = try catalog.volume(name) else { throw StoreError.noSuchVolume(name) }
            return volume
        }
    }

    /// Sorted by name.
    public func volumes() throws -> [VolumeRecord] {
        try reading { try $0.volumes() }
    }

    /// Throws `.volumeInUse` while a container mounts it.
    public func removeVolume(_ name: String) throws {
        try writing { try $0.deleteVolume(name) }
    }
}
