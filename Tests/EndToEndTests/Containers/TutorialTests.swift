// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The tour every user of docker has taken: run a web server, change its page, look at the change, save it, run it.
@Suite(.enabled(if: ContainerFixture.canNetwork, "needs root, runc, conmon, netavark, busybox and curl"))
struct TutorialTests {
    @Test func `a changed web server becomes an image that serves the change`() throws {
        let fixture = try ContainerFixture()
        try fixture.load(
            BusyboxImage.image(config: [
                "\"ExposedPorts\":{\"80/tcp\":{}}", "\"Entrypoint\":[\"httpd\",\"-f\",\"-h\",\"/srv\"]",
            ]), as: "webserver:1")
        let (first, second) = (try ContainerFixture.freePort(), try ContainerFixture.freePort())
        try fixture.expect(
            "docker run --name web -d -p 127.0.0.1:\(first):80 --entrypoint httpd webserver:1 -f -h /srv", "ID\n")
        #expect(try ContainerFixture.page(first) == "hello\n")
        try fixture.expect("docker port web", "80/tcp -> 127.0.0.1:\(first)\n")
        try fixture.expect("docker exec web sh -c 'echo changed >/srv/index.html; echo new >/srv/new.html'")
        #expect(try ContainerFixture.page(first) == "changed\n")
        try fixture.expect("docker diff web", "C /srv\nC /srv/index.html\nA /srv/new.html\n")

        try fixture.expect(
            "docker commit --author 'A. Author' --message 'new page' web webserver:2", "sha256:ID\n")
        try fixture.expect(
            "docker image ls --format '{{.Repository}}:{{.Tag}}' webserver", "webserver:2\nwebserver:1\n")
        try fixture.expect(
            "docker history --format '{{.CreatedBy}}|{{.Comment}}' webserver:2",
            "-f -h /srv|new page\ntest layer|\n")
        try fixture.expect("docker inspect -f '{{.Author}}|{{.Comment}}' webserver:2", "A. Author|new page\n")

        try fixture.expect("docker run --name web2 -d -p 127.0.0.1:\(second):80 webserver:2", "ID\n")
        #expect(try ContainerFixture.page(second) == "changed\n")
        #expect(try ContainerFixture.page(second, "/new.html") == "new\n")
        #expect(try ContainerFixture.page(first) == "changed\n")
        try fixture.refuses(
            "docker rmi webserver:2",
            """
            conflict: unable to remove repository reference "webserver:2" (must force) - container ID is using its \
            referenced image ID
            """)
        #expect(try !fixture.leftovers().isEmpty)
        try fixture.expect("docker rm -f web web2", "web\nweb2\n")
        try fixture.expect("docker rmi webserver:2 | head -1", "Untagged: webserver:2\n")
        let left = try fixture.leftovers()
        #expect(left == [])
    }
}
