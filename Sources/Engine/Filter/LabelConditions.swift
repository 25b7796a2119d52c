// SPDX-License-Identifier: Apache-2.0

/// Conditions on labels, `key` or `key=value`, all of which must hold.
struct LabelConditions: Sendable {
    private let conditions: [(key: String, value: String?)]

    init(_ texts: [String]) {
        conditions = texts.map { text in
            guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (text, nil) }
            return (String(text[..<mark]), String(text[text.utf8.index(after: mark)...]))
        }
    }

    var isEmpty: Bool { conditions.isEmpty }

    func hold(for labels: [String: String]) -> Bool {
        conditions.allSatisfy { condition in
            guard let value = labels[condition.key] else { return false }
            return condition.value == nil || condition.value == value
        }
    }
}
