// SPDX-License-Identifier: Apache-2.0

/// How an attachment ended.
public enum AttachOutcome: Sendable, Equatable {
    /// The process ended with this code; 128 and the signal when it was killed.
    case exited(Int32)
    /// The user typed the detach keys; docker's client says `read escape sequence`.
    case detached
    /// This signal came, which ends our program and isn't for the process.
    case interrupted(signal: Int32)
    /// Three signals that ask for an end came (docker's way out of a program that doesn't); it runs on without us.
    case abandoned
    /// What the process wrote could not be passed on to a stream of ours, `/dev/stdout`; it runs on without us.
    case unwritable(stream: String, errno: Int32)
}
