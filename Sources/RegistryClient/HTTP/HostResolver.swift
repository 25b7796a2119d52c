// SPDX-License-Identifier: Apache-2.0

/// Names to addresses. The rules on insecure registries and on token servers need them; tests inject their own.
protocol HostResolver: Sendable {
    /// Empty when the name can't be resolved: the connection that follows reports it.
    func addresses(of host: String) async -> [IPAddress]
}
