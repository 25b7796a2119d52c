// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Glibc

/// Hosts that could not be reached lately, for commands that would wait for them again. Losing what is noted costs such a
/// wait, so nothing here is an error, and nothing is synced.
extension ImageStore {
    /// How long a host is remembered, in seconds: one wait a minute, and one that is back is used within a minute.
    private static let memory: Int64 = 60
    /// More than anybody has mirrors.
    private static let maximumHosts = 64

    /// Those of the last minute.
    public func unreachableHosts() -> Set<String> {
        Set(recentEntries(now: options.now().unixSeconds).map(\.host))
    }

    /// Notes hosts, in any spelling without spaces, that could not be reached now.
    public func note(unreachableHosts hosts: [String]) {
        guard !isReadOnly else { return }
        let now = options.now().unixSeconds
        let others = recentEntries(now: now).filter { !hosts.contains($0.host) }
        let entries = hosts.map { (time: now, host: $0) } + others
        let text = entries.prefix(Self.maximumHosts).map { "\($0.time) \($0.host)\n" }.joined()
        try? files.replace(layout.unreachableHosts, with: Array(text.utf8), in: root, isDurable: false)
    }

    /// An entry of the future was made before the clock was set back: nobody knows how old it is.
    private func recentEntries(now: Int64) -> [(time: Int64, host: String)] {
        guard let file = try? FileOperations.open(layout.unreachableHosts),
            let bytes = try? file.readAll(limit: 64 << 10)
        else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, let time = Int64(words[0]), time <= now, now - time < Self.memory else {
                return nil
            }
            return (time, String(words[1]))
        }
    }
}
