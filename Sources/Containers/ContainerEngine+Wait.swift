// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension ContainerEngine {
    /// Waits for the end of a container; a created or ended one gives its code at once.
    ///
    /// - Parameter deadline: seconds to wait at most; negative is for ever.
    /// - Returns: the exit code; `nil` when the time ran out.
    public func wait(_ name: String, seconds: Int = -1) throws -> Int32? {
        let id = try store.find(name)
        return try withWaiter(id) {
            guard let container = try store.load(id) else { throw ContainerStore.unknown(name) }
            guard container.state.isActive else { return container.state.exitCode }
            return ExitWatch(directory: try store.directory(id), container: container)
                .wait(until: Deadline(seconds: seconds))?.exitCode
        }
    }

    /// The exit code of a container that was started by this process; does what is to be done after an exit.
    func awaitExit(_ id: ContainerID) throws -> Int32 {
        guard let container = try store.load(id) else { throw ContainerStore.unknown(id.hex) }
        var code = container.state.exitCode
        if container.state.isActive {
            let watch = ExitWatch(directory: try store.directory(id), container: container)
            code = (watch.wait(until: .never) ?? .unknown).exitCode
        }
        return code
    }

    /// Keeps a container that removes itself until `body` has learnt its exit code; then does the clean-up that the
    /// monitor's exit command would do, so that the caller finds it done.
    func withWaiter<Result>(_ id: ContainerID, _ body: () throws -> Result) throws -> Result {
        let path = try store.directory(id).waiters
        // Also after a failed start: such a container doesn't stay either.
        defer { try? settle(id) }
        return try FileLock.holding(path, .shared, body)
    }

    /// Notes an end that nobody has noted yet, and removes a container that is to remove itself.
    func settle(_ id: ContainerID) throws {
        guard try removesItself(id) else { return }
        // Who waits learns the exit code first. A restart waits, too, and then there is nothing to remove.
        try FileLock.holding(try store.directory(id).waiters, .exclusive) {}
        guard try removesItself(id) else { return }
        try remove(id.hex, options: RemoveOptions(force: true, removesVolumes: true))
    }

    private func removesItself(_ id: ContainerID) throws -> Bool {
        try withContainer(id) { $0.spec.autoRemove && $0.state.status == .exited }
    }
}
