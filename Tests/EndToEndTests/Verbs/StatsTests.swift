// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// `stats` and `update`, with the answers of a real docker.
@Suite(.timeLimit(.minutes(20)), .enabled(if: ImportedBox.canRun, ImportedBox.requirement))
struct StatsTests {
    @Test func `stats of running containers, and of all`() throws {
        let box = try ImportedBox()
        try box.expect(
            """
            docker run -d --name busy --network none box sh -c 'while :; do :; done' >/dev/null
            docker create --name idle --network none box >/dev/null
            docker stats --no-stream -a --format '{{.Container}} {{.ID}} {{.Name}} {{.NetIO}} {{.PIDs}}'
            docker stats --no-stream --format '{{.Name}}'
            """, "ID ID idle 0B / 0B 0\nID ID busy 0B / 0B 1\nbusy\n")
        // It does nothing but use its processor.
        try box.expect("docker stats --no-stream --format '{{.CPUPerc}}' busy | grep -cvE '^0.0'", "1\n")
        try box.expect(
            "docker stats --no-stream idle | tail -1",
            "ID   idle      0.00%     0B / 0B             0.00%     0B / 0B   0B / 0B     0\n")
        try box.expect(
            "docker stats | head -c 3 | od -An -c", " 033   [   H\n")
        try box.fails(
            "docker stats --no-stream no1 idle no2",
            "Error response from daemon: No such container: no1\nError response from daemon: No such container: no2")
        try box.expect(
            "docker rm -f busy idle >/dev/null; docker stats --no-stream",
            "CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O   BLOCK I/O   PIDS\n")
        try box.write(clientConfig: "{\"statsFormat\": \"{{.Name}}!\"}")
        try box.expect("docker create --name xy --network none box >/dev/null; docker stats --no-stream xy", "xy!\n")
    }

    @Test func `limits and the restart policy are changed, where they can be`() throws {
        let box = try ImportedBox()
        try box.expect(
            "docker run -d --name web --network none --cpus 1 box sleep 100; docker create --name two --network none box",
            "ID\nID\n")
        try box.expect("docker update --memory 64m --pids-limit 77 --restart on-failure:3 web two", "web\ntwo\n")
        try box.expect(
            "docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}} {{.HostConfig.RestartPolicy.Name}}' web two",
            """
            67108864 77 on-failure
            67108864 77 on-failure

            """)
        try box.expect("docker stats --no-stream --format '{{.MemUsage}}' web | cut -d/ -f2", " 64MiB\n")
        try box.expect(
            "docker update --memory 32m web nosuch two", status: 1, "web\ntwo\n",
            errors: "Error response from daemon: No such container: nosuch\n")
    }

    @Test func `what update refuses`() throws {
        let box = try ImportedBox()
        try box.expect("docker run -d --rm --name web --network none --cpus 1 box sleep 100", "ID\n")
        let usage = """


            Usage:  docker update [OPTIONS] CONTAINER [CONTAINER...]

            """
        try box.fails(
            "docker update",
            "docker: 'docker update' requires at least 1 argument\(usage)\nSee 'docker update --help' for more information"
        )
        try box.fails("docker update web", "you must provide one or more flags when using this command")
        try box.fails(
            "docker update --cpus x web", status: 125,
            "invalid argument \"x\" for \"--cpus\" flag: failed to parse x as a rational number\(usage)\nRun 'docker update --help' for more information"
        )
        try box.refuses("docker update --memory 1m web", "Minimum memory limit allowed is 6MB")
        try box.refuses(
            "docker update --cpu-quota 1000 web",
            """
            Cannot update container ID: Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set
            """)
        try box.refuses(
            "docker update --restart always web",
            """
            Cannot update container ID: Restart policy cannot be updated because AutoRemove is enabled for the container
            """)
        try box.refuses(
            "docker update --restart foo web",
            """
            invalid restart policy: unknown policy 'foo'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'
            """)
        try box.fails("docker update --cpu-rt-period 5 web", "--cpu-rt-period is not supported: run without it")
    }
}
