// SPDX-License-Identifier: Apache-2.0

/// Docker's rule for the names of volumes.
enum VolumeName {
    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, ContainerName.isAlphanumeric(first) else { return false }
        return name.utf8.dropFirst().allSatisfy(ContainerName.isNameByte)
    }

    static func check(_ name: String) throws(ContainerError) {
        guard isValid(name) else {
            throw .invalid(
                "create \(name): \"\(name)\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path"
            )
        }
        guard name.utf8.count > 1 else {
            throw .invalid(
                "create \(name): volume name is too short, names should be at least two alphanumeric characters")
        }
    }
}
