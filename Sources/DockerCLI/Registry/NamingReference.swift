// SPDX-License-Identifier: Apache-2.0
import Engine
import OCI
import RegistryClient

/// Runs a request about `reference`; a registry's error gets its name, in the words of docker's pull.
func naming<Result>(_ reference: Reference, _ body: () async throws -> Result) async throws -> Result {
    do { return try await body() } catch let error as RegistryError {
        throw EngineError(error.pullDescription(for: reference))
    }
}
