// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import TestSupport
import Testing

@testable import DockerCLI

/// Our output beside that of a real docker, byte for byte.
struct GoldenTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `listings, tags and removals of the same images are docker's`() throws {
        let transcript = try GoldenTranscript("images.txt")
        let loaded = run(["load", "-q", "-i", GoldenTranscript.directory + "/images.tar.gz"], at: transcript.now)
        #expect(loaded.code == 0, "\(loaded.err)")
        check(transcript)
    }

    @Test func `usage errors of every verb are docker's`() throws {
        check(try GoldenTranscript("usage.txt"))
    }

    private func check(_ transcript: GoldenTranscript) {
        #expect(!transcript.steps.isEmpty)
        for step in transcript.steps {
            #expect(run(step.arguments, at: transcript.now) == step.outcome, "\(step.line)")
        }
    }

    private func run(_ arguments: [String], at now: Timestamp) -> TestContext.Outcome {
        var test = TestContext(program: "docker")
        test.context.environment = [
            "HOME": directory.path, "DOCKER_CONFIG": directory.path, "DOCKERLITE_ROOT": directory.path + "/store",
        ]
        test.context.clock = { now }
        return test.run(.top(program: "docker"), arguments)
    }
}
