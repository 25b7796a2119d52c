// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(rfc3339: try container.decode(String.self))
        } catch let error as TimeError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339(fraction: .asNeeded))
    }
}
