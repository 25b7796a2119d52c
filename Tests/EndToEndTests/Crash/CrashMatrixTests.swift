// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The program dies at its k-th change of a file of the store, SQLite's changes included, for every k of every verb
/// that changes a store; each time in the state that a kill leaves. Then the store is whole, and the verb gets through.
///
/// By default a few k of each verb; `DOCKERLITE_CRASH_STRIDE=1` takes all, twice: before each change, and with writes
/// torn in the middle.
@Suite(.serialized, .enabled(if: CrashLibrary.isAvailable, "needs a C compiler"))
struct CrashMatrixTests {
    private static let step = ProcessInfo.processInfo.environment["DOCKERLITE_CRASH_STRIDE"].flatMap(Int.init)

    @Test(arguments: CrashVerb.allCases)
    func `killed at any change, a verb leaves a store that is whole, and succeeds when run again`(
        _ verb: CrashVerb
    ) async throws {
        if verb.needsContainer, geteuid() != 0 { return }
        let scene = try await CrashScene()
        try await background {
            try verb.prepare(scene)
            try scene.keep()
        }
        let arguments = verb.arguments(scene)
        let count = try await background { try scene.countSteps(arguments) }
        #expect(count > 10)
        var killed = 0
        for step in stride(from: 1, through: count, by: Self.step ?? max(1, count / 4)) {
            for tearsWrites in Self.step == nil ? [step % 2 == 0] : [false, true] {
                // A download in several threads may need a change or two less than the one that was counted.
                let wasKilled = try await background {
                    try scene.restore()
                    return try scene.kill(arguments, at: step, tearsWrites: tearsWrites)
                }
                if wasKilled { killed += 1 }
                try await expectRecovery(verb, arguments, scene, "\(verb) killed at change \(step) of \(count)", step)
            }
        }
        #expect(killed > 0)
        if Self.step != nil { print("crash matrix: \(verb): \(count) changes, \(killed) kills") }
        await scene.stop()
    }

    private func expectRecovery(
        _ verb: CrashVerb, _ arguments: [String], _ scene: CrashScene, _ context: String, _ step: Int
    ) async throws {
        let expectations = StoreExpectations(root: scene.root, context: context)
        // A repair finds a store that is anything but sound, and may have brought back a part when it is killed.
        if verb != .repair {
            try expectations.expectSound()
            // What a sweep does between the kill and the next attempt must not matter.
            if step % 2 == 0 { try expectations.expectCleanAfterSweep() }
        }
        let again = try await background { try scene.dockerlite.run(arguments) }
        #expect(again.status == 0, "\(context): \(again.errors)")
        try expectations.expectSound()
        try expectations.expectCleanAfterSweep()
        #expect(try expectations.names() == verb.names(scene), "\(context)")
    }
}
