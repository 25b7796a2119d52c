// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

/// Every section of `reference-grammar.json`; a file may hold any of them.
@Suite(.enabled(if: ConformanceFile.isAvailable("reference-grammar.json")))
struct ReferenceGrammarConformanceTests {
    private let file: ConformanceFile

    init() throws {
        file = try ConformanceFile("reference-grammar.json")
    }

    private static func describe<Value, Failure: Error>(_ body: () throws(Failure) -> Value) -> Result<Value, Failure> {
        do { return .success(try body()) } catch { return .failure(error) }
    }

    @Test func `the cases parse as the reference library parses them`() {
        var report = ConformanceReport(file: "reference-grammar.json cases")
        for entry in file.cases() {
            guard let input = entry["input"] as? String else { continue }
            func check(_ field: String, _ compare: ([String: Any]) -> String?) {
                guard let expected = entry[field] as? [String: Any] else { return }
                let difference = compare(expected)
                report.check("\(field) of \(input.debugDescription)", difference == nil, difference ?? "")
            }
            check("normalized") {
                Self.compare($0, Self.describe { () throws(ReferenceError) in try Reference(normalizing: input) })
            }
            check("parse") {
                Self.compare($0, Self.describe { () throws(ReferenceError) in try Reference(parsing: input) })
            }
            check("docker_ref") {
                Self.compare($0, Self.describe { () throws(ReferenceError) in try Reference(resolving: input) })
            }
            check("parse_named_strict") {
                Self.compare($0, Self.describe { () throws(ReferenceError) in try Reference(canonical: input) })
            }
            check("with_name") {
                Self.compare(
                    $0, Self.describe { () throws(ReferenceError) in Reference(try Repository(parsing: input)) })
            }
            check("any") {
                Self.compare(any: $0, Self.describe { () throws(ReferenceError) in try AnyReference(parsing: input) })
            }
            if let expected = entry["is_identifier"] as? Bool {
                let isIdentifier = ReferenceScanner.isIdentifier(input.utf8[...])
                report.check("is_identifier of \(input)", isIdentifier == expected, "expected \(expected)")
            }
        }
        report.finish()
    }

    /// The first field of `expected` that the reference differs in.
    private static func compare(
        _ expected: [String: Any], _ result: Result<Reference, ReferenceError>
    ) -> String? {
        let reference: Reference
        switch result {
        case .failure(let error): return difference(expected, ["ok": false, "error": error.description])
        case .success(let value): reference = value
        }
        return difference(
            expected,
            [
                "ok": true, "kind": "named", "string": reference.canonical, "domain": reference.domain,
                "path": reference.path, "name": reference.repository.canonical, "tag": reference.tag as Any,
                "digest": reference.digest?.description as Any, "familiar_string": reference.familiar,
                "familiar_name": reference.familiarName, "name_only": reference.isNameOnly,
                "trim_named": reference.repository.canonical,
                "with_default_tag": reference.withDefaultTag().canonical,
                "with_default_tag_familiar": reference.withDefaultTag().familiar,
            ]
        )
    }

    private static func compare(any expected: [String: Any], _ result: Result<AnyReference, ReferenceError>) -> String?
    {
        switch result {
        case .failure(let error): return compare(expected, .failure(error))
        case .success(.named(let reference)): return compare(expected, .success(reference))
        case .success(.digest(let digest)):
            return difference(
                expected,
                [
                    "ok": true, "kind": "digest-only", "string": digest.description, "digest": digest.description,
                    "familiar_string": digest.description,
                ]
            )
        }
    }

    private static func difference(_ expected: [String: Any], _ actual: [String: Any]) -> String? {
        for (key, value) in expected.sorted(by: { $0.key < $1.key }) {
            let left = value as? String ?? (value as? Bool).map(String.init) ?? "nil"
            let right = actual[key] as? String ?? (actual[key] as? Bool).map(String.init) ?? "nil"
            if left != right { return "\(key): expected \(left), found \(right)" }
        }
        return nil
    }

    @Test func `the grammar's parts match as the regular expressions do`() {
        var report = ConformanceReport(file: "reference-grammar.json regular expressions")
        for entry in file.cases("domain_regexp") {
            Self.check(entry, &report) { ReferenceScanner.isDomain($0.utf8[...]) ? [] : nil }
        }
        for entry in file.cases("identifier_regexp") {
            Self.check(entry, &report) { ReferenceScanner.isIdentifier($0.utf8[...]) ? [] : nil }
        }
        for entry in file.cases("full_name_regexp") {
            Self.check(entry, &report) { ReferenceScanner.split(name: $0).map { [$0.domain, $0.path] } }
        }
        for entry in file.cases("reference_regexp") {
            Self.check(entry, &report) {
                ReferenceScanner.split(reference: $0).map { [$0.name, $0.tag ?? "", $0.digest ?? ""] }
            }
        }
        report.finish()
    }

    private static func check(
        _ entry: [String: Any], _ report: inout ConformanceReport, _ match: (String) -> [String]?
    ) {
        guard let input = entry["input"] as? String else { return }
        let parts = match(input)
        report.check(input, (parts != nil) == (entry["match"] as? Bool), "expected \(entry["match"] ?? "")")
        if let expected = entry["subs"] as? [String] {
            report.check("\(input) captures", parts == expected, "expected \(expected), found \(parts ?? [])")
        }
    }

    @Test func `patterns match familiar forms`() {
        var report = ConformanceReport(file: "reference-grammar.json familiar_match")
        for entry in file.cases("familiar_match") {
            guard let pattern = entry["pattern"] as? String, let text = entry["reference"] as? String else { continue }
            let result: String
            do {
                result = try AnyReference(parsing: text).matches(pattern: pattern).description
            } catch {
                result = "\(error)"
            }
            let expected = entry["error"] as? String ?? (entry["expected"] as? Bool)?.description
            report.check(
                "\(pattern) on \(text)", result == expected, "expected \(expected ?? "nothing"), found \(result)")
        }
        report.finish()
    }

    @Test func `references sort from the most exact`() {
        var report = ConformanceReport(file: "reference-grammar.json sort")
        for entry in file.cases("sort") {
            guard let unsorted = entry["unsorted"] as? [String], let expected = entry["expected"] as? [String] else {
                continue
            }
            let sorted = AnyReference.sort(unsorted)
            report.check("\(unsorted)", sorted == expected, "expected \(expected), found \(sorted)")
        }
        report.finish()
    }

    @Test func `tags and digests join names`() {
        var report = ConformanceReport(file: "reference-grammar.json with_tag, with_digest")
        for entry in file.cases("with_tag") { Self.check(entry, &report, tagLast: true) }
        for entry in file.cases("with_digest") { Self.check(entry, &report, tagLast: false) }
        report.finish()
    }

    /// The part under test is added last, to a reference that may have the other already.
    private static func check(_ entry: [String: Any], _ report: inout ConformanceReport, tagLast: Bool) {
        guard let name = entry["name"] as? String else { return }
        let tag = entry["tag"] as? String
        let digest = entry["digest"] as? String
        let result: String
        do {
            var reference = Reference(try Repository(parsing: name))
            if let tag, !tagLast { reference = try reference.withTag(tag) }
            if let digest { reference = reference.withDigest(try ReferenceDigest(syntax: digest)) }
            if let tag, tagLast { reference = try reference.withTag(tag) }
            result = reference.canonical
        } catch {
            result = "\(error)"
        }
        let expected = entry["combined"] as? String ?? entry["error"] as? String
        report.check("\(name) with \(tag ?? "") \(digest ?? "")", result == expected, "found \(result)")
    }
}
