// SPDX-License-Identifier: Apache-2.0
import Testing

/// Counts the cases of one file and prints `FILE: passed/total`, the cases left out by reason, and the first failures.
struct ConformanceReport {
    private static let shownFailures = 12
    private let file: String
    private var passed = 0
    private var failures: [String] = []
    private var leftOut: [String: Int] = [:]

    init(file: String) {
        self.file = file
    }

    /// Counts a case; `detail` is only built for a failure.
    mutating func check(_ name: String, _ success: Bool, _ detail: @autoclosure () -> String) {
        if success { passed += 1 } else { failures.append("\(name): \(detail())") }
    }

    /// Counts a case that does not apply here, under the reason why.
    mutating func leaveOut(_ reason: String) {
        leftOut[reason, default: 0] += 1
    }

    /// Prints the summary and fails the running test when a case failed.
    func finish(sourceLocation: SourceLocation = #_sourceLocation) {
        var lines = ["\(file): \(passed)/\(passed + failures.count)"]
        lines += leftOut.sorted { $0.key < $1.key }.map { "  left out \($0.value): \($0.key)" }
        lines += failures.prefix(Self.shownFailures).map { "  FAILED \($0)" }
        print(lines.joined(separator: "\n"))
        #expect(failures.isEmpty, "\(failures.count) cases of \(file) failed", sourceLocation: sourceLocation)
    }
}
