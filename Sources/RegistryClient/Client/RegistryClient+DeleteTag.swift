// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
public import OCI

extension RegistryClient {
    /// Removes a tag and leaves the manifest to its other tags.
    /// - Returns: false when the registry can only remove whole manifests (distribution spec, "Deleting tags").
    public func deleteTag(_ tag: String, in repository: Repository) async throws -> Bool {
        try await atEndpoint(of: repository, for: .push) { endpoint in
            let answer = try await sender.send(
                RegistryRequest(
                    .DELETE, "\(repository.path)/manifests/\(tag)",
                    scopes: [AuthScope(path: repository.path, access: .delete)]),
                to: endpoint)
            guard !answer.isSuccess else {
                await answer.response.drain()
                return true
            }
            let error = await answer.error()
            guard [400, 405].contains(answer.status) else { throw error }
            return false
        }
    }
}
