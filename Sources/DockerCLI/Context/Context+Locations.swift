// SPDX-License-Identifier: Apache-2.0
import Engine
import OCI

extension Context {
    /// The place that an argument names with its transport; nil for the name of an image.
    func storedElsewhere(_ argument: String) throws -> ImageLocation? {
        try ImageLocation(parsing: argument, directory: currentDirectory)
    }

    /// A place that an argument names; a name without a transport is one of a registry.
    func location(_ argument: String) throws -> ImageLocation {
        if let location = try storedElsewhere(argument) { return location }
        _ = try Reference(normalizing: argument)
        guard let location = try storedElsewhere("docker://" + argument) else {
            throw StatusError("invalid reference format")
        }
        return location
    }

    /// Where a push goes that isn't to the image's own registry.
    func destination(_ argument: String) throws -> ImageLocation {
        guard let location = try storedElsewhere(argument), location.transport != .registry else {
            throw StatusError(
                "\(argument) is no place to push to: name oci:PATH[:TAG], oci-archive:FILE[:TAG], "
                    + "docker-archive:FILE[:NAME] or docker-daemon:NAME; for a registry, tag the image first")
        }
        return location
    }

    /// `docker://NAME` as docker writes it.
    func registryName(_ argument: String) -> String {
        argument.hasPrefix("docker://") ? String(argument.dropFirst("docker://".count)) : argument
    }

    /// The engine that a location is in; nil for others.
    func engineSocket(for location: ImageLocation) throws -> EngineSocket? {
        guard location.transport == .engine else { return nil }
        return try EngineSocket(host: variable("DOCKER_HOST"), usesTLS: variable("DOCKER_TLS_VERIFY") != nil)
    }
}
