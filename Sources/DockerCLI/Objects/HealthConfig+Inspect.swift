// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate
import OCI

extension HealthConfig {
    /// As JSON, with unset members left out.
    var inspected: JSONValue {
        var object = ObjectBuilder()
        if let test, !test.isEmpty { object.add("Test", test) }
        object.addNonzero("Interval", interval)
        object.addNonzero("Timeout", timeout)
        object.addNonzero("StartPeriod", startPeriod)
        object.addNonzero("StartInterval", startInterval)
        object.addNonzero("Retries", retries)
        return object.value
    }

    /// A pointer to docker's `HealthcheckConfig`; nil is a nil pointer.
    static func typed(_ config: HealthConfig?, _ style: RowStyle) -> TemplateValue {
        let name = "v1.HealthcheckConfig"
        guard let config else { return .null(of: .pointer(.named(name, .structure([])))) }
        var fields = StructBuilder()
        fields.add("Test", .strings(config.test?.map(style.foreign)), omitsEmpty: true)
        fields.add("Interval", .duration(nanoseconds: config.interval), omitsEmpty: true)
        fields.add("Timeout", .duration(nanoseconds: config.timeout), omitsEmpty: true)
        fields.add("StartPeriod", .duration(nanoseconds: config.startPeriod), omitsEmpty: true)
        fields.add("StartInterval", .duration(nanoseconds: config.startInterval), omitsEmpty: true)
        fields.add("Retries", .int(Int(config.retries)), omitsEmpty: true)
        return .pointer(to: fields.value(name))
    }
}
