// SPDX-License-Identifier: Apache-2.0

/// Makes each value once, however many ask for it at the same time: the first makes it, the others wait for it.
///
/// A failure goes to all that waited and isn't kept. When the first is cancelled, one of the others takes over.
actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
    private typealias Waiter = CheckedContinuation<Result<Value, any Error>, Never>

    private var values: [Key: Value] = [:]
    private var flights: [Key: [Waiter]] = [:]

    /// - Parameter isValid: whether a value made earlier still serves.
    /// - Returns: the value, and whether it was made in this call or while it waited.
    func value(
        for key: Key, isValid: @Sendable (Value) -> Bool, make: @Sendable () async throws -> Value
    ) async throws -> (value: Value, isNew: Bool) {
        while true {
            if let value = values[key], isValid(value) { return (value, false) }
            guard flights[key] != nil else { return (try await lead(key, make), true) }
            switch await withCheckedContinuation({ flights[key]?.append($0) }) {
            case .success(let value): return (value, true)
            case .failure(let error) where !(error is CancellationError): throw error
            case .failure: try Task.checkCancellation()
            }
        }
    }

    private func lead(_ key: Key, _ make: @Sendable () async throws -> Value) async throws -> Value {
        flights[key] = []
        let result: Result<Value, any Error>
        do {
            result = .success(try await make())
        } catch {
            result = .failure(error)
        }
        values[key] = try? result.get()
        for waiter in flights.removeValue(forKey: key) ?? [] { waiter.resume(returning: result) }
        return try result.get()
    }
}
