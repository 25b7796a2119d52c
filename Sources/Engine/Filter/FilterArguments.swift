// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// The conditions of one command by name, as docker's engine reads them (moby, api/types/filters).
struct FilterArguments: Sendable {
    private var fields: [String: [String]] = [:]

    /// Fails for a name that is not in `accepted`. Repeated conditions count once.
    init(_ conditions: [FilterCondition], accepting accepted: Set<String>) throws(FilterError) {
        for condition in conditions {
            guard accepted.contains(condition.name) else { throw .unknownName(condition.name) }
            if !self[condition.name].contains(condition.value) {
                fields[condition.name, default: []].append(condition.value)
            }
        }
    }

    /// The values given for `name`, in order.
    subscript(_ name: String) -> [String] { fields[name] ?? [] }

    func contains(_ name: String) -> Bool { fields[name] != nil }

    /// `true`, `1`, `false` or `0`; nil when the name is not given.
    func flag(_ name: String) throws(FilterError) -> Bool? {
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
