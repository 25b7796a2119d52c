// SPDX-License-Identifier: Apache-2.0

/// How an attachment ended.
public enum AttachOutcome: Sendable, Equatable {
    /// The process ended with this code; 128 and the signal when it was killed.
    case exited(Int32)
    /// The user typed the detach keys; docker's client says `read escape sequence`.
    case detached
}
