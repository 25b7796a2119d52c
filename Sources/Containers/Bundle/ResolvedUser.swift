// SPDX-License-Identifier: Apache-2.0

/// Who a container's process runs as, in numbers, and the home directory that goes with it.
struct ResolvedUser: Equatable {
    var uid: UInt32
    var gid: UInt32
    /// Primary group first (CVE-2022-36109: without it, a setgroups-less program keeps access by negative group modes).
    var groups: [UInt32]
    var home: String
}
