// SPDX-License-Identifier: Apache-2.0

/// Whether and when to try again: a value without clock or socket.
public struct RetryPolicy: Sendable {
    public enum Decision: Sendable, Equatable {
        case retry(after: Duration)
        /// Give up with this error.
        case stop(RegistryError)
    }

    private enum Delay: Sendable {
        /// The attempt's number times this, as docker waits for layers.
        case linear(Duration)
        /// This, then twice as long each time.
        case doubling(Duration)
    }

    /// A connection that breaks again and again but delivers this much in between isn't a failing one.
    private static let progress: Int64 = 1 << 20

    public let maximumAttempts: Int
    private let delay: Delay
    /// Whether a host that can't be connected to is worth another try.
    private let triesConnecting: Bool
    private var failures = 0
    private var frontier: Int64 = 0

    private init(maximumAttempts: Int, delay: Delay, triesConnecting: Bool = true) {
        self.maximumAttempts = maximumAttempts
        self.delay = delay
        self.triesConnecting = triesConnecting
    }

    /// docker's layers: attempt k is followed by a pause of 5·k seconds.
    public static func layer(maxAttempts: Int) -> RetryPolicy {
        RetryPolicy(maximumAttempts: max(1, maxAttempts), delay: .linear(.seconds(5)))
    }

    /// docker's image configurations.
    public static var config: RetryPolicy {
        RetryPolicy(maximumAttempts: 5, delay: .doubling(.milliseconds(250)))
    }

    /// Manifests, tags and the like: docker tries once. Two more tries, soon, ride out a proxy that restarts.
    static var document: RetryPolicy {
        RetryPolicy(maximumAttempts: 3, delay: .doubling(.milliseconds(250)), triesConnecting: false)
    }

    /// How often it has failed since the last progress.
    public var attempts: Int { failures }

    /// - Parameters:
    ///   - error: why the attempt failed.
    ///   - frontier: how many bytes of the content are safe by now; what was thrown away doesn't count.
    public mutating func next(after error: RegistryError, frontier: Int64 = 0) -> Decision {
        guard error.disposition == .retry, triesConnecting || !error.isBeforeRequest else { return .stop(error) }
        if frontier >= self.frontier + Self.progress {
            self.frontier = frontier
            failures = 0
        }
        failures += 1
        guard failures < maximumAttempts else { return .stop(error) }
        return .retry(after: max(pause, error.retryAfter ?? .zero))
    }

    private var pause: Duration {
        switch delay {
        case .linear(let step): step * failures
        case .doubling(let first): first * (1 << min(failures - 1, 16))
        }
    }

    /// The line that docker shows once a second.
    public static func countdownText(_ seconds: Int) -> String {
        "Retrying in \(seconds) second\(seconds == 1 ? "" : "s")"
    }
}
