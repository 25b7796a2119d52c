// SPDX-License-Identifier: Apache-2.0
import DockerFormat
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
}
