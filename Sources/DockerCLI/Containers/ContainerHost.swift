// SPDX-License-Identifier: Apache-2.0
import Containers
import Glibc
import ImageStore
import RegistryClient

/// The store of this machine with its containers, and the context to use with them.
struct ContainerHost {
    /// Our verbs for the monitor of a container.
    static let exitVerb = "container-exited"
    static let healthVerb = "container-health"

    /// Its `--root` is fixed: the user's ID, which the default depends on, changes in a user namespace.
    let context: Context
    let store: ImageStore
    let engine: ContainerEngine

    /// Must be called before anything starts a thread: a user who isn't root moves into a user namespace here.
    init(_ context: Context) throws {
        var context = context
        let root = try context.storeRoot()
        let isDefaultRoot = root == "/var/lib/dockerlite"
        context.options.root = root
        try UserNamespace.enter()
        self.context = context
        store = try context.openStore()
        var options = EngineOptions(root: root)
        let program = ["/proc/self/exe", "--root", root]
        let command = Self.executable.map { [$0] + program.dropFirst() } ?? program
        options.exitCommand = command + [Self.exitVerb]
        options.healthCommand = command + [Self.healthVerb]
        options.isDefaultRoot = isDefaultRoot
        let settings = try context.engineConfig()
        options.driver = settings.storageDriver.flatMap(RootDriver.init)
        options.runtime = settings.defaultRuntime
        options.runtimes = settings.runtimes
        engine = try ContainerEngine(options, images: store)
    }

    /// The path of this program: the monitor runs it when we have gone.
    private static var executable: String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// Does the same with one container after the other, prints each name that went well, and the errors at the end.
    /// - Parameters:
    ///   - ending: what docker says after the errors.
    ///   - tolerates: errors that are shown but are no failure.
    func forEach(
        _ names: [String], ending: (_ failed: [String]) -> String? = { _ in nil },
        tolerates: (any Error) -> Bool = { _ in false }, _ body: (String) throws -> Void
    ) throws -> ExitCode {
        var errors: [String] = []
        var failed: [String] = []
        for name in names {
            do {
                do { try body(name) } catch ContainerError.notModified {}
                context.out.print(name)
            } catch  where tolerates(error) {
                context.err.print(context.text(of: error))
            } catch {
                errors.append(context.text(of: error))
                failed.append(name)
            }
        }
        guard !failed.isEmpty else { return .success }
        throw StatusError((errors + [ending(failed)].compactMap { $0 }).joined(separator: "\n"))
    }
}
