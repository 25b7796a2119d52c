// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine

/// A copy between a container and the local file system; `-` as local path is a stream.
struct ContainerCopyRequest {
    private static let stream = "-"

    let followsLink: Bool
    let usesContainerUser: Bool
    let isQuiet: Bool

    func copyOut(_ name: String, _ path: String, to target: String, _ context: Context) throws {
        let local = CopyPath(absolute: context.absolute(target), typed: target)
        if target != Self.stream { try HostPath.checkOutput(local) }
        let host = try ContainerHost(context)
        let source = try CopySource(path, host.engine, container: name, followsLink: followsLink)
        if target == Self.stream {
            return try host.engine.copyOut(name, source.path.text) { context.out.write(Array($0)) }
        }
        let plan = try CopyPlan(from: source, to: HostPath.destination(local))
        try report("Copying from container - ", "to \(local.text)", context) { progress in
            try host.engine.copyOut(name, source.path.text, to: plan, progress: progress)
        }
    }

    func copyIn(_ source: String, to name: String, _ path: String, _ context: Context) throws {
        let host = try ContainerHost(context)
        let destination = try CopyDestination(path, host.engine, container: name)
        if source == Self.stream {
            guard destination.isDirectory else {
                throw StatusError("destination \"\(name):\(path)\" must be a directory")
            }
            return try copyStream(to: name, destination.path.text, host)
        }
        let local = CopyPath(absolute: context.absolute(source), typed: source)
        let origin = try HostPath.source(local, followsLink: followsLink)
        let plan = try CopyPlan(from: origin, to: destination)
        try report("Copying to container - ", "to \(name):\(destination.path.text)", context) { progress in
            try host.engine.copyIn(
                name, plan, from: origin, usesContainerUser: usesContainerUser, progress: progress)
        }
    }

    private func copyStream(to name: String, _ path: String, _ host: ContainerHost) throws {
        guard let descriptor = host.context.input.fileDescriptor else { return }
        let stream = try ArchiveStream(descriptor)
        try host.engine.copyIn(
            name, path, usesContainerUser: usesContainerUser
        ) { try stream.read(into: $0) }
    }

    /// Runs a copy, and says how it goes and how much it was, unless that isn't wanted.
    private func report(
        _ title: String, _ ending: String, _ context: Context, _ copy: (@escaping (Int64) throws -> Void) throws -> Void
    ) throws {
        guard !isQuiet else { return try copy { _ in } }
        let progress = CopyProgress(title, context)
        let result = Result { try copy { progress.show($0) } }
        progress.finish()
        context.err.print("Successfully copied \(progress.size) \(ending)")
        try result.get()
    }
}
