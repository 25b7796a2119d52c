// SPDX-License-Identifier: Apache-2.0
import DockerFormat

extension Context {
    /// When a new image is made: now, or what SOURCE_DATE_EPOCH says (reproducible-builds.org).
    func creationTime() throws -> Timestamp {
        guard let text = variable("SOURCE_DATE_EPOCH") else { return clock() }
        guard let seconds = Int64(text) else {
            throw StatusError("SOURCE_DATE_EPOCH is no number of seconds: \(text)")
        }
        return Timestamp(unixSeconds: seconds)
    }
}
