// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// Which part of a container's log is wanted, and how.
public struct LogOptions: Sendable {
    /// Goes on until the container ends.
    public var follows = false
    /// Puts the time, RFC 3339 with nine digits of fraction, in front of each line.
    public var showsTimestamps = false
    /// Puts a space in front of each line, where docker has a log driver's labels and there are none here.
    public var showsDetails = false
    /// The number of lines from the end; `nil` is all.
    public var tail: Int?
    public var since: Timestamp?
    public var until: Timestamp?

    public init() {}
}
