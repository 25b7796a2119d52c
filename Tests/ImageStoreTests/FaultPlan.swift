// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
import Synchronization

@testable import ImageStore

/// Stops a store at its k-th change of the disk: from there on nothing works, as after a kill. Counting starts at 1.
final class FaultPlan: Sendable {
    enum Effect { case kill, diskFull }

    /// What a killed store throws; nobody may take it for an error to recover from.
    struct Killed: Error {}

    private let limit: Int
    private let isDead = Mutex(false)
    private let effect: Effect
    private let steps = Mutex<[FileStep]>([])

    init(at limit: Int, _ effect: Effect = .kill) {
        self.limit = limit
        self.effect = effect
    }

    /// How many steps were announced.
    var count: Int { steps.withLock { $0.count } }
    var last: FileStep? { steps.withLock { $0.last } }

    /// Kills the store now.
    func die() { isDead.withLock { $0 = true } }

    var files: FileOperations {
        FileOperations { step in
            var isWrite = false
            if case .write = step { isWrite = true }
            // A full disk only refuses to take bytes.
            guard self.effect == .kill || isWrite else { return }
            let number = self.steps.withLock { steps in
                steps.append(step)
                return steps.count
            }
            switch self.effect {
            case .kill: if number >= self.limit || self.isDead.withLock({ $0 }) { throw Killed() }
            case .diskFull:
                guard number == self.limit, case .write(let path, _) = step else { return }
                throw IOError(errno: ENOSPC, operation: "write", path: path)
            }
        }
    }
}
