// SPDX-License-Identifier: Apache-2.0

/// How a process of ours is tied to a container's standard streams.
public struct AttachOptions: Sendable {
    /// Descriptors to copy from and to; `nil` leaves the stream alone.
    public var stdin: Int32?
    public var stdout: Int32?
    public var stderr: Int32?
    public var detachKeys: DetachKeys
    /// Whether signals that this process gets are sent on to the container's.
    public var proxiesSignals: Bool

    public init(
        stdin: Int32? = nil, stdout: Int32? = 1, stderr: Int32? = 2, detachKeys: DetachKeys = .standard,
        proxiesSignals: Bool = true
    ) {
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.detachKeys = detachKeys
        self.proxiesSignals = proxiesSignals
    }
}
