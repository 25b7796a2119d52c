// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Containers of a user who is not root and has no further IDs: in a user namespace with one ID mapped.
@Suite(.enabled(if: Rootless.isPossible, "needs root, to become another user, and user namespaces for all users"))
struct RootlessTests {
    @Test func `a user runs, changes, commits and removes a container`() async throws {
        try await background {
            let directory = try TemporaryDirectory()
            let image = try DockerliteProcess()
            let opaque = try TestLayer(["srv/.wh..wh..opq": [], "srv/new": [1]])
            try Data(BusyboxImage.image(over: [opaque]).archive(as: "box:latest")).write(
                to: URL(fileURLWithPath: directory.path + "/box.tar"))
            let program = try FileManager.default.destinationOfSymbolicLink(atPath: image.binary)
            try TestCommand.check(["ln", "-s", program, directory.path + "/docker"])
            try TestCommand.check(["chown", "-R", "54321:54321", directory.path])
            let script = """
                set -e
                docker load -q -i box.tar
                docker run --rm --network none box sh -c 'id -u; ls -A /srv'
                docker run --name web -d --network none box sh -c 'echo one >/page; rm /data/seed; exec sleep 600' >id
                until docker exec web test -e /page; do :; done
                docker exec web sh -c 'cat /page; echo two >/page'
                docker diff web
                docker commit web web:2 2>warning >id
                cat warning
                docker run --rm --network none web:2 cat /page
                docker run --rm --network none -m 64m web:2 true 2>warning
                cut -c1-8 warning
                docker rm -f web
                docker ps -aq
                docker rmi web:2 | grep -c Deleted
                docker info 2>&1 | grep -c -e pasta
                """
            let result = try TestCommand.run(
                Rootless.become + [
                    "env", "HOME=\(directory.path)", "XDG_RUNTIME_DIR=\(directory.path)/run",
                    "DOCKERLITE_ROOT=\(directory.path)/store", "PATH=\(directory.path):/usr/sbin:/usr/bin:/sbin:/bin",
                    "bash", "-c", script,
                ], directory: directory.path)
            #expect(result.errors == "")
            #expect(
                result.text == """
                    Loaded image: box:latest
                    0
                    new
                    one
                    C /data
                    D /data/seed
                    A /page
                    WARNING: Without root a container can't be paused: it runs on during the commit.
                    two
                    WARNING:
                    web
                    2
                    1

                    """)
        }
    }
}

enum Rootless {
    static let become = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]

    static let isPossible =
        ContainerFixture.canRun
        && (try? TestCommand.run(become + ["unshare", "--user", "--map-root-user", "--mount", "true"]).status) == 0
}
