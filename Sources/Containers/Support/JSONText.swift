// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// JSON of our own documents.
enum JSONText {
    static func encode(_ value: some Encodable) throws(ContainerError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw .system("encode JSON: \(error)")
        }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8], path: String) throws(ContainerError)
        -> Value
    {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw .system("\(path) is damaged: \(error)")
        }
    }
}
