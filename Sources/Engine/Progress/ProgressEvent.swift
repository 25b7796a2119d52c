// SPDX-License-Identifier: Apache-2.0

/// One step of a long operation, in the terms of docker's progress stream.
public enum ProgressEvent: Sendable, Equatable {
    /// A line of its own: `Digest: sha256:…`, or with an ID `5: Pulling from library/ubuntu`.
    case message(id: String?, String)
    /// The state of one item (a layer, most often). A later update of the same ID replaces it.
    case update(id: String, status: String, amount: ProgressAmount?)
    /// A note that belongs to no item and is not a result, such as a warning from a registry.
    case warning(String)

    public static func message(_ text: String) -> ProgressEvent {
        .message(id: nil, text)
    }

    public static func update(_ id: String, _ status: String, _ amount: ProgressAmount? = nil) -> ProgressEvent {
        .update(id: id, status: status, amount: amount)
    }
}

/// How far an item has come, in bytes. A total of 0 or less is unknown.
public struct ProgressAmount: Sendable, Equatable {
    public let current: Int64
    public let total: Int64

    public init(current: Int64, total: Int64) {
        self.current = current
        self.total = total
    }
}

/// Receives the events of an operation, from any task; it must not block for long.
public typealias ProgressHandler = @Sendable (ProgressEvent) -> Void
