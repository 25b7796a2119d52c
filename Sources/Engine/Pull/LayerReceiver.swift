// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import NIOCore
import OCI
import RegistryClient

/// Brings in what is missing of one layer: in one stream, or over several connections at once where the server has
/// proved that it sends parts and one connection isn't fast enough.
struct LayerReceiver: Sendable {
    let registry: RegistryClient
    let pool: BlockingPool
    let descriptor: Descriptor
    let repository: Repository
    let pipeline: LayerPipeline
    let progress: LayerProgress

    private var settings: PartSettings { registry.configuration.parts }

    /// - Returns: the stream that brought the last bytes, whom to blame if they are wrong; nil when nothing was missing.
    func run() async throws -> BlobStream? {
        var last: BlobStream?
        while let missing = pipeline.gaps.first {
            let stream = try await registry.blob(
                descriptor, in: repository, range: settings.first(of: missing, in: descriptor.size))
            last = stream
            do {
                try await receive(stream)
            } catch let error as RegistryError {
                guard registry.passOver(stream) else { throw error }
            }
        }
        return last
    }

    private func receive(_ stream: BlobStream) async throws {
        guard let parts = stream.parts else { return try await take(stream) }
        let start = registry.clock.now()
        try await append(stream)
        let rate = Double(stream.end - stream.start) / max((registry.clock.now() - start) / .seconds(1), 1e-9)
        do {
            if rate < Double(settings.sufficientRate) {
                try await receive(parts)
            } else if let missing = pipeline.gaps.first {
                try await take(try await parts.stream(missing.lowerBound..<descriptor.size))
            }
        } catch let error as RegistryError where error.isOddPart {
            parts.distrust()
        }
    }

    /// A stream that ends with the blob.
    private func take(_ stream: BlobStream) async throws {
        let isRestart = stream.start == 0
        try await pool.run { try isRestart ? pipeline.restart() : pipeline.flatten() }
        try await append(stream)
    }

    private func append(_ stream: BlobStream) async throws {
        for try await chunk in stream {
            progress.note(try await pool.run { try pipeline.accept(chunk) })
        }
    }

    private func receive(_ parts: BlobParts) async throws {
        let ranges = settings.parts(of: pipeline.gaps)
        _ = try await parts.withConnections { connections in
            try await mapBounded(ranges, limit: connections) { try await receive($0, of: parts) }
        }
        try await pool.run { try pipeline.settle() }
    }

    /// A connection that breaks is replaced once, without a pause; the others needn't stop for it.
    private func receive(_ range: Range<Int64>, of parts: BlobParts) async throws {
        var position = range.lowerBound
        var isSecond = false
        while position < range.upperBound {
            do {
                for try await chunk in try await parts.stream(position..<range.upperBound) {
                    let offset = position
                    position += Int64(chunk.readableBytes)
                    progress.note(try await pool.run { try pipeline.accept(chunk, at: offset) })
                }
            } catch let error as RegistryError where error.isBrokenBody && !isSecond {
                isSecond = true
            }
        }
    }
}
