// SPDX-License-Identifier: Apache-2.0
import OCI
import RegistryClient

extension CopyOperation {
    static func source(
        _ location: ImageLocation, _ registry: RegistryClient, _ pool: BlockingPool
    ) throws -> any CopySource {
        switch location.transport {
        case .registry:
            let reference = try reference(location).withoutIgnoredTag.withDefaultTag()
            return RegistryCopySource(registry: registry, reference: reference)
        case .layout:
            return LayoutCopySource(
                directory: try LayoutDirectory(reading: location.path),
                selection: ImageSelection(location: location), pool: pool)
        case .layoutArchive, .dockerArchive, .engine: throw unsupported(location)
        }
    }

    static func target(
        _ location: ImageLocation, _ registry: RegistryClient, _ pool: BlockingPool
    ) throws -> any CopyTarget {
        switch location.transport {
        case .registry:
            try check(destination: location)
            return RegistryCopyTarget(registry: registry, reference: try reference(location).withDefaultTag())
        case .layout:
            return LayoutCopyTarget(
                directory: try LayoutDirectory(creating: location.path), name: location.name, fullName: nil,
                pool: pool)
        case .layoutArchive, .dockerArchive, .engine: throw unsupported(location)
        }
    }

    /// - Throws: ``EngineError`` for a name that nothing can be pushed to.
    static func check(destination location: ImageLocation) throws {
        guard location.transport == .registry else { return }
        guard try reference(location).digest == nil else {
            throw EngineError("cannot push a digest reference", phase: .stream)
        }
    }

    private static func reference(_ location: ImageLocation) throws -> Reference {
        do { return try Reference(normalizing: location.name ?? "") } catch {
            throw EngineError("\(error)", phase: .stream)
        }
    }

    private static func unsupported(_ location: ImageLocation) -> EngineError {
        EngineError("\(location): needs a staged copy", phase: .stream)
    }
}
