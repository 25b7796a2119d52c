// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// How long something was not used, as `--unused-for` says it: a duration in Go's words, or days `30d` or weeks `2w`.
struct UnusedAge: Hashable, Sendable {
    let duration: GoDuration

    init(_ text: String) throws {
        let units: [Character: Int64] = ["d": 86_400, "w": 7 * 86_400]
        if let unit = text.last.flatMap({ units[$0] }) {
            guard let count = Int64(text.dropLast()), 0..<100_000 ~= count else {
                throw StatusError("invalid age \"\(text)\": expected a duration such as 12h, 30d or 2w")
            }
            duration = .seconds(count * unit)
        } else {
            duration = try GoDuration(text)
        }
        guard duration >= .seconds(0) else { throw StatusError("invalid age \"\(text)\": it is negative") }
    }
}
