// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// Times in columns are nanoseconds since 1970, which lasts until the year 2262; what lies beyond is clamped.
extension Timestamp {
    var column: Int64 { Timestamp(unixSeconds: 0).nanoseconds(until: self) }

    init(column value: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 1_000_000_000)
        self.init(
            unixSeconds: remainder < 0 ? quotient - 1 : quotient,
            nanosecond: Int32(remainder < 0 ? remainder + 1_000_000_000 : remainder)
        )
    }
}
