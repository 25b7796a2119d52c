// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// `rmi` of images that containers use, as docker's engine has it.
@Suite(.enabled(if: ContainerFixture.canRun, ContainerFixture.requirement))
struct UsedImageTests {
    @Test func `a stopped container's image goes by force alone, and the container still starts`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            "docker create --name idle --network none box cat /data/seed >/dev/null; docker tag box other")
        try fixture.expect("docker rmi other", "Untagged: other:latest\n")
        try fixture.refuses(
            "docker rmi box",
            """
            conflict: unable to remove repository reference "box" (must force) - container ID is using its referenced \
            image ID
            """)
        try fixture.refuses(
            "docker rmi $(docker images -q box)",
            "conflict: unable to delete ID (must be forced) - image is being used by stopped container ID")
        try fixture.expect("docker rmi -f box", "Untagged: box:latest\nDeleted: sha256:ID\n")
        try fixture.expect("docker images -aq; docker ps -a --format '{{.Image}}'; docker start -a idle", "ID\nseed\n")
        try fixture.expect("docker rm idle", "idle\n")
    }

    @Test func `a running container's image cannot be forced by ID, but its name can go`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect("docker run -d --name up --network none box sleep 600", "ID\n")
        try fixture.refuses(
            "docker rmi box",
            """
            conflict: unable to remove repository reference "box" (must force) - container ID is using its referenced \
            image ID
            """)
        for force in ["", "-f "] {
            try fixture.refuses(
                "docker rmi \(force)$(docker images -q box)",
                "conflict: unable to delete ID (cannot be forced) - image is being used by running container ID")
        }
        try fixture.expect("docker rmi -f box", "Untagged: box:latest\n")
        try fixture.expect(
            "docker images --format '{{.Repository}}'; docker exec up cat /data/seed; docker image prune -f | head -1",
            "<none>\nseed\nTotal reclaimed space: 0B\n")
        try fixture.expect(
            "docker rm -f up; docker image prune -f | cut -c1-16 | sort | uniq -c | tr -s ' '",
            "up\n 1 \n 1 Deleted Images:\n 1 Total reclaimed \n 2 deleted: sha256:\n")
    }
}
