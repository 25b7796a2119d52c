// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine
import ImageStore
import OCI

/// A container to be made, and where its image may come from.
struct ContainerRequest: Sendable {
    enum PullPolicy: String, Sendable {
        case always, missing, never
    }

    var spec: ContainerSpec
    var name: String?
    var platform: Platform? {
        didSet { spec.platform = platform?.description }
    }
    var policy: PullPolicy
    var isQuiet: Bool
    var cidFile: String?

    /// Pulls the image if the policy says so, makes the container, and writes its ID to the `--cidfile`.
    func create(on host: ContainerHost) throws -> Container {
        let context = host.context
        // docker's client reads the name before its engine hears of it.
        _ = try AnyReference(parsing: spec.image)
        let file = try cidFile.map { try makeIDFile($0, context) }
        do {
            if policy == .always { try pull(on: host) }
            let container = try makeContainer(on: host)
            try file?.append(container.id.hex)
            return container
        } catch {
            file?.remove()
            throw error
        }
    }

    /// Before there is a container: one whose ID can't be told is of no use.
    private func makeIDFile(_ name: String, _ context: Context) throws -> UserFile {
        let file = UserFile(name, context)
        guard !file.exists else {
            throw StatusError(
                "container ID file found, make sure the other container isn't running or delete \(name)")
        }
        do { try file.create() } catch { throw StatusError("failed to create the container ID file: \(error)") }
        return file
    }

    private func makeContainer(on host: ContainerHost) throws -> Container {
        let lease = try host.store.lease("create container")
        defer { lease.release() }
        let summary = try findImage(on: host)
        if let warning = platformWarning(summary) { host.context.err.print("WARNING: \(warning)") }
        let image = try host.engine.image(summary.id, in: host.store, lease: lease)
        let container = try host.engine.create(spec, name: name, image: image)
        for warning in host.engine.warnings(for: spec) { host.context.err.print("WARNING: \(warning)") }
        return container
    }

    private func findImage(on host: ContainerHost) throws -> ImageSummary {
        guard policy == .missing, let reference = try? Reference(normalizing: spec.image) else {
            return try checked(host.store.resolve(spec.image))
        }
        do {
            let image = try host.store.resolve(spec.image)
            guard let platform, !image.fits(platform) else { return try checked(image) }
        } catch let error as StoreError where error.isNotFound {}
        if !isQuiet {
            host.context.err.print("Unable to find image '\(reference.withDefaultTag().familiar)' locally")
        }
        try pull(on: host)
        return try checked(host.store.resolve(spec.image))
    }

    /// The image if it is of the platform asked for.
    private func checked(_ image: ImageSummary) throws -> ImageSummary {
        guard let platform, !image.os.isEmpty, !image.fits(platform) else { return image }
        throw NoSuchObject(
            """
            image with reference \(spec.image) was found but its platform (\(image.platformText)) does not match the \
            specified platform (\(platform))
            """)
    }

    /// Everything a pull says goes to standard error: standard output is for the container.
    private func pull(on host: ContainerHost) throws {
        let context = host.context
        let reference = try Reference(normalizing: spec.image).withDefaultTag()
        let request = PullRequest(
            reference: reference, argument: spec.image, platform: platform, allTags: false)
        let printer = try ProgressPrinter(isQuiet ? .none : .auto, context: context, output: context.err)
        try NetworkTask.finish(context) {
            try await Command.pull(request, reporting: printer, context: context)
        }
    }

    private func platformWarning(_ image: ImageSummary) -> String? {
        let own = Platform.host
        guard platform == nil, !image.os.isEmpty, !image.fits(own) else { return nil }
        return """
            The requested image's platform (\(image.platformText)) does not match the detected host platform (\(own)) and no \
            specific platform was requested
            """
    }
}

extension ImageSummary {
    fileprivate var platformText: String {
        [os, architecture, variant ?? ""].filter { !$0.isEmpty }.joined(separator: "/")
    }

    fileprivate func fits(_ platform: Platform) -> Bool {
        os == platform.os && architecture == platform.architecture
    }
}
