// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

/// What the decoders accept and refuse of the documents in `oci-schema.json`.
@Suite(.enabled(if: ConformanceFile.isAvailable("oci-schema.json")))
struct OCISchemaConformanceTests {
    @Test func `documents are accepted and refused as the image spec says`() throws {
        let file = try ConformanceFile("oci-schema.json")
        var report = ConformanceReport(file: "oci-schema.json")
        for (index, entry) in file.cases().enumerated() {
            guard let kind = entry["kind"] as? String, let text = entry["doc"] as? String,
                let valid = entry["valid"] as? Bool
            else { continue }
            let refusal = Self.refusal(kind: kind, Array(text.utf8))
            if (refusal == nil) != valid, let reason = Self.reasonToDiffer(kind: kind, text, refusal) {
                report.leaveOut(reason)
            } else {
                let why = entry["why"] as? String ?? ""
                report.check("\(index) \(kind)", (refusal == nil) == valid, "\(why): found \(refusal ?? "no error")")
            }
        }
        report.finish()
    }

    /// Why our decoder refuses the document; nil when it takes it.
    private static func refusal(kind: String, _ bytes: [UInt8]) -> String? {
        do {
            switch kind {
            case "descriptor": _ = try Descriptor(parsing: bytes)
            case "manifest": _ = try Manifest(parsing: bytes, contentType: nil)
            case "imageIndex": _ = try ImageIndex(parsing: bytes, contentType: nil)
            case "imageLayout": _ = try ImageLayout(parsing: bytes)
            case "config": _ = try ImageConfig(parsing: bytes)
            default: return "unknown kind"
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Where docker and the specification differ, docker is followed.
    private static func reasonToDiffer(kind: String, _ text: String, _ refusal: String?) -> String? {
        if let refusal {
            return refusal.contains("unsupported digest algorithm") ? "blobs are stored by sha256 only" : nil
        }
        guard let root = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else { return nil }
        switch kind {
        case "manifest" where (root["layers"] as? [Any])?.isEmpty == true:
            return "docker makes and pulls images without layers"
        case "imageIndex":
            let platforms = (root["manifests"] as? [[String: Any]] ?? []).compactMap {
                $0["platform"] as? [String: Any]
            }
            return platforms.contains { $0["architecture"] == nil || $0["os"] == nil }
                ? "docker skips an entry with half a platform, it doesn't refuse the index" : nil
        case "config":
            if root["architecture"] == nil || root["os"] == nil { return "docker takes the host's for a missing os" }
            let environment = (root["config"] as? [String: Any])?["Env"] as? [String] ?? []
            return environment.contains { !$0.contains("=") } ? "docker keeps Env entries without a value" : nil
        default: return nil
        }
    }
}
