// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc
import ImageStore

extension ContainerEngine {
    /// What the monitor's exit command does: notes the end, gives back resources, restarts or removes by the policy.
    /// Then nobody waits for it any more, which makes it the time to sync unpacked layers.
    public func containerExited(_ id: ContainerID) throws {
        try conclude(id)
        try images?.persistLayers()
    }

    private func conclude(_ id: ContainerID) throws {
        while true {
            let policy = try withContainer(id) { container -> RestartDecision in
                guard !container.state.isActive else { return .none }
                let decision = RestartDecision(container)
                if case .restart = decision { container.state.status = .restarting }
                return decision
            }
            switch policy {
            case .none: return try settle(id)
            case .restart(let delay):
                Self.sleep(delay)
                if try restartAgain(id) { return }
            }
        }
    }

    private static func sleep(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var rest = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var time = rest
        while nanosleep(&time, &rest) != 0, errno == EINTR { time = rest }
    }

    private enum RestartDecision {
        case none
        case restart(after: Duration)

        /// Whether and when the policy wants the container back.
        init(_ container: Container) {
            let state = container.state
            guard state.status == .exited, !state.wasStoppedByUser,
                container.spec.restartPolicy.restarts(afterExit: state.exitCode, restarts: state.restartCount)
            else {
                self = .none
                return
            }
            // 100 ms, doubled each time, at most a minute; anew after ten seconds of life (docker's restart manager).
            let lived = state.finishedAt.unixSeconds - state.startedAt.unixSeconds
            let exponent = lived >= 10 ? 0 : min(state.restartCount, 10)
            self = .restart(after: min(.milliseconds(100 << exponent), .seconds(60)))
        }
    }

    /// - Returns: whether there is nothing more to do: it runs, or something else has happened to it.
    private func restartAgain(_ id: ContainerID) throws -> Bool {
        try withContainer(id) { container in
            guard container.state.status == .restarting, !container.state.wasStoppedByUser else { return true }
            let count = container.state.restartCount + 1
            do {
                try launch(&container) { _ in }
            } catch is ContainerError {
                container.state.restartCount = count
                return false
            }
            container.state.restartCount = count
            return true
        }
    }
}
