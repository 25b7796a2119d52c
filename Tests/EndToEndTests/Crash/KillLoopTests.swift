// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// SIGKILL at any moment, as it falls, beside the moments between two changes that `CrashMatrixTests` takes.
/// `DOCKERLITE_KILLS` sets how many of each verb.
@Suite(.serialized, .enabled(if: CrashLibrary.isAvailable, "needs a C compiler"))
struct KillLoopTests {
    private static let kills = ProcessInfo.processInfo.environment["DOCKERLITE_KILLS"].flatMap(Int.init) ?? 5

    /// Starts a command line and kills it after up to 40 ms, in which all of them end.
    private func kill(_ arguments: [String], _ scene: CrashScene) async throws {
        try await background {
            let process = try scene.dockerlite.start(arguments)
            usleep(UInt32.random(in: 0...40_000))
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    @Test(arguments: [CrashVerb.rmi, .tag, .prune, .load])
    func `killed at any moment, a verb leaves a store that is whole`(_ verb: CrashVerb) async throws {
        let scene = try await CrashScene()
        try await background {
            try verb.prepare(scene)
            try scene.keep()
        }
        for number in 1...Self.kills {
            try await background { try scene.restore() }
            try await kill(verb.arguments(scene), scene)
            let expectations = StoreExpectations(root: scene.root, context: "\(verb), kill \(number)")
            try expectations.expectSound()
            let again = try await background { try scene.dockerlite.run(verb.arguments(scene)) }
            #expect(again.status == 0, "\(verb), kill \(number): \(again.errors)")
            try expectations.expectCleanAfterSweep()
            #expect(try expectations.names() == verb.names(scene))
        }
        await scene.stop()
    }

    @Test func `a save that was killed leaves no half archive under its name`() async throws {
        let scene = try await CrashScene()
        try await background { try CrashVerb.load.prepare(scene) }
        for number in 1...Self.kills {
            let archive = scene.archive + ".\(number)"
            try await kill(["save", "-o", archive, scene.old], scene)
            if FileManager.default.fileExists(atPath: archive) {
                #expect(try TestCommand.run(["tar", "-tf", archive]).status == 0)
            }
            try StoreExpectations(root: scene.root, context: "save, kill \(number)").expectSound()
        }
        try StoreExpectations(root: scene.root, context: "saves").expectCleanAfterSweep()
        await scene.stop()
    }
}
