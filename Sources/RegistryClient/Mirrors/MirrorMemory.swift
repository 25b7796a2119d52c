// SPDX-License-Identifier: Apache-2.0

/// Remembers beyond one command which mirrors could not be reached: waiting for a dead one costs every command anew.
public protocol MirrorMemory: Sendable {
    /// Addresses of mirrors that could not be reached a short while ago.
    func unreachableMirrors() -> Set<String>

    /// Notes mirrors that could not be reached while another endpoint answered.
    func note(unreachableMirrors: [String])
}
