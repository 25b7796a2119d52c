// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// The conditions of one command by name, as docker's engine reads them (moby, api/types/filters).
public struct FilterArguments: Sendable {
    private var fields: [String: [String]] = [:]

    /// Fails for a name that is not in `accepted`. Repeated conditions count once.
    public init(_ conditions: [FilterCondition], accepting accepted: Set<String>) throws(FilterError) {
        for condition in conditions {
            guard accepted.contains(condition.name) else { throw .unknownName(condition.name) }
            if !self[condition.name].contains(condition.value) {
                fields[condition.name, default: []].append(condition.value)
            }
        }
    }

    /// The values given for `name`, in order.
    public subscript(_ name: String) -> [String] { fields[name] ?? [] }

    public func contains(_ name: String) -> Bool { fields[name] != nil }

    /// Whether no value of `name` is given, or one that holds.
    public func any(_ name: String, _ holds: (String) throws -> Bool) rethrows -> Bool {
        try self[name].isEmpty || self[name].contains(where: holds)
    }

    /// Whether one of the forms of a text has one of the values in it, or matches one as a regular expression.
    public func matches(_ name: String, _ forms: String...) -> Bool {
        any(name) { pattern in
            if forms.contains(where: { $0.contains(pattern) }) { return true }
            guard let expression = try? Regex(pattern) else { return false }
            return forms.contains { $0.contains(expression) }
        }
    }

    /// Whether all values of `name` are labels that are there: `key`, or `key=value`.
    public func hold(_ name: String, in labels: [String: String]) -> Bool {
        self[name].allSatisfy { label in
            let pair = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let value = labels[pair[0]] else { return false }
            return pair.count == 1 || pair[1] == value
        }
    }

    /// `true`, `1`, `false` or `0`; nil when the name is not given.
    public func flag(_ name: String) throws(FilterError) -> Bool? {
        let values = self[name]
        if values.isEmpty { return nil }
        let isTrue = values.contains("1") || values.contains("true")
        let isFalse = values.contains("0") || values.contains("false")
        guard isTrue != isFalse else { throw .notBoolean(name: name, values: values) }
        return isTrue
    }

    /// The instant of a duration before now, a date or Unix seconds.
    static func time(_ text: String, at moment: FilterMoment) throws(FilterError) -> Timestamp {
        do { return try FilterTime.parse(text, now: moment.now, zone: moment.zone) } catch { throw .invalidTime(error) }
    }
}
