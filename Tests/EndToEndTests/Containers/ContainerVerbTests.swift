// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The verbs on containers that exist, as typed.
@Suite(.enabled(if: ContainerFixture.canRun, ContainerFixture.requirement))
struct ContainerVerbTests {
    @Test func `every verb tells of a missing container as docker does`() throws {
        let fixture = try ContainerFixture()
        for verb in [
            "start", "stop", "restart", "pause", "unpause", "rm", "wait", "logs", "attach", "top", "port", "diff",
            "commit", "export", "container inspect", "exec",
        ] {
            let tail = verb == "start" ? "\nError: failed to start containers: nosuch" : ""
            let output = verb == "container inspect" ? "[]\n" : ""
            try fixture.refuses(
                "docker \(verb) nosuch\(verb == "exec" ? " true" : "")", "No such container: nosuch\(tail)",
                output: output)
        }
        try fixture.refuses("docker kill nosuch", "cannot kill container: nosuch: No such container: nosuch")
        try fixture.refuses(
            "docker rename nosuch x", "No such container: nosuch\nError: failed to rename container named nosuch")
        try fixture.expect(
            "docker rm -f nosuch", errors: "Error response from daemon: No such container: nosuch\n")
        try fixture.expect(
            "docker inspect nosuch", status: 1, "[]\n", errors: "Error: No such object: nosuch\n")
    }

    @Test func `a life from created to removed`() throws {
        let fixture = try ContainerFixture()
        func status(_ text: String, line: SourceLocation = #_sourceLocation) throws {
            try fixture.expect("docker inspect -f '{{.State.Status}}' life", text + "\n", sourceLocation: line)
        }
        try fixture.expect(
            "docker create --name life --network none box sh -c 'trap \"exit 3\" TERM; while :; do sleep 0.02; done'",
            "ID\n")
        try status("created")
        try fixture.refuses("docker exec life true", "container ID is not running")
        try fixture.refuses("docker kill life", "cannot kill container: life: container ID is not running")
        try fixture.expect("docker start life && docker start life", "life\nlife\n")
        try status("running")
        try fixture.refuses(
            "docker rm life",
            "cannot remove container \"life\": container is running: stop the container before removing or force remove"
        )
        try fixture.expect("docker pause life", "life\n")
        try status("paused")
        try fixture.refuses("docker pause life", "Container ID is already paused")
        try fixture.refuses("docker exec life true", "Container life is paused, unpause the container before exec")
        try fixture.refuses(
            "docker rm life", "cannot remove container \"life\": container is paused and must be unpaused first")
        try fixture.expect(
            "docker attach life", status: 1, errors: "You cannot attach to a paused container, unpause it first\n")
        try fixture.expect("docker unpause life", "life\n")
        try fixture.refuses("docker unpause life", "Container ID is not paused")
        try fixture.expect(
            "docker stop life nosuch", status: 1, "life\n",
            errors: "Error response from daemon: No such container: nosuch\n")
        try fixture.expect("docker wait life", "3\n")
        try fixture.expect("docker stop life", "life\n")
        try fixture.expect(
            "docker attach life", status: 1, errors: "You cannot attach to a stopped container, start it first\n")
        try fixture.expect(
            "docker restart -t 0 life && docker kill -s KILL life && docker wait life", "life\nlife\n137\n")
        try fixture.refuses("docker kill -s FOO life", "invalid signal: FOO")
        try fixture.expect("docker rename life other", "")
        try fixture.refuses(
            "docker rename other other",
            "Renaming a container with the same name as its current name\nError: failed to rename container named other"
        )
        try fixture.refuses(
            "docker rename other 'a b'",
            """
            Error when allocating new name: Invalid container name (/a b), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed
            Error: failed to rename container named other
            """)
        try fixture.expect(
            "docker rm other nosuch", status: 1, "other\n",
            errors: "Error response from daemon: No such container: nosuch\n")
        let left = try fixture.leftovers()
        #expect(left == [])
    }

    @Test func `exec runs beside the container's program`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect("docker run -d --name up --network none -e INNER=1 box sleep 600", "ID\n")
        try fixture.expect(
            "docker exec up sh -c 'echo out; echo err >&2; exit 9'", status: 9, "out\n", errors: "err\n")
        try fixture.expect("docker exec up sh -c 'kill -9 $$'", status: 137)
        try fixture.expect("echo in | docker exec -i up cat; echo in | docker exec up cat", "in\n")
        try fixture.expect(
            "docker exec -e A=1 -w /tmp -u web up sh -c 'echo $A $INNER; pwd; id -un'", "1 1\n/tmp\nweb\n")
        try fixture.expect("docker exec -t up sh -c 'tty >/dev/null && echo tty'", "tty\r\n")
        try fixture.expect("docker exec -d up touch /made && docker exec up ls /made", "/made\n")
        let failed = "OCI runtime exec failed: exec failed: "
        try fixture.expect(
            "docker exec up nosuch", status: 127,
            failed
                + "unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown\r\n"
        )
        try fixture.expect(
            "docker exec up /etc", status: 126,
            failed + "unable to start container process: exec: \"/etc\": permission denied: unknown\r\n")
        try fixture.expect(
            "docker exec -w relative up pwd", status: 126, failed + "Cwd must be an absolute path: unknown\r\n")
        let unknown = "unable to find user nosuch: no matching entries in passwd file"
        try fixture.expect("docker exec -u nosuch up id", status: 126, unknown + "\r\n")
        try fixture.refuses("docker exec -d -u nosuch up id", unknown)
    }

    @Test func `logs and attach`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            "docker run --name ll --network none box sh -c 'for i in 1 2 3; do echo o$i; done; echo e >&2; printf part'",
            "o1\no2\no3\npart", errors: "e\n")
        try fixture.expect("docker logs ll", "o1\no2\no3\npart", errors: "e\n")
        try fixture.expect("docker logs -f --tail all ll 2>/dev/null", "o1\no2\no3\npart")
        try fixture.expect("docker logs -n 0 ll")
        try fixture.expect("docker logs --details ll 2>/dev/null", " o1\n o2\n o3\n part")
        try fixture.expect(
            "docker logs -t ll 2>/dev/null | head -1 | grep -cE '^20[0-9-]+T[0-9:]+\\.[0-9]{9}Z o1$'", "1\n")
        try fixture.expect("docker logs --since 1h ll 2>/dev/null | wc -l; docker logs --until 1h ll", "3\n")
        try fixture.expect(
            "docker logs --since foo ll", status: 1,
            errors: "invalid value for \"since\": failed to parse value as time or duration: \"foo\"\n")
        try fixture.expect("docker run -d -i --name cat --network none box head -n 1", "ID\n")
        try fixture.expect("echo hello | docker attach cat; docker wait cat; docker logs cat", "hello\n0\nhello\n")
        try fixture.expect(
            "docker create -i --name again --network none box cat >/dev/null; echo again | docker start -ai again",
            "again\n")
    }

    @Test func `ps filters, orders and formats`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            docker run -d --name one --network none -l k=v -v vol:/data box sleep 600 >/dev/null
            docker create --name two --network none box sh -c 'echo "two words"' >/dev/null
            docker run --name three --network none --expose 80-81 box false
            """, status: 1)
        try fixture.expect(
            "docker ps -a --format '{{.Names}}|{{.Image}}|{{.Command}}|{{.State}}|{{.Networks}}|{{.Mounts}}|{{.Labels}}|{{.LocalVolumes}}'",
            """
            three|box|"false"|exited|none|||0
            two|box|"sh -c 'echo \\"two wo…"|created|none|||0
            one|box|"sleep 600"|running|none|vol|k=v|1

            """)
        try fixture.expect(
            "docker ps -a --no-trunc --format '{{.Command}}' -f name=two", "\"sh -c 'echo \\\"two words\\\"'\"\n")
        try fixture.expect(
            "docker ps | tr -s ' ' | sed -E 's/(About a|Less than a|[0-9]+) seconds? ago Up (Less than a|[0-9]+) seconds?/NOW Up/'",
            "CONTAINER ID IMAGE COMMAND CREATED STATUS PORTS NAMES\n"
                + "ID box \"sleep 600\" NOW Up one\n")
        for (condition, names) in [
            ("status=created", "two"), ("exited=1", "three"), ("label=k=v", "one"), ("label=k", "one"),
            ("name=^t", "three two"),
            ("since=one", "three two"), ("before=two", "one"), ("ancestor=box", "three two one"), ("volume=vol", "one"),
            ("network=none", "three two one"), ("network=host", ""), ("expose=81", "three"), ("expose=82", ""),
            ("publish=80", ""),
            ("health=none", "three two one"),
            ("status=running --filter status=exited", "three one"), ("is-task=true", ""), ("label=nosuch", ""),
        ] {
            try fixture.expect(
                "echo $(docker ps -a --format '{{.Names}}' --filter \(condition))", names + "\n")
        }
        try fixture.expect(
            "docker ps -l --format '{{.Names}}'; docker ps -n 2 --format '{{.Names}}'", "three\nthree\ntwo\n")
        for (condition, message) in [
            ("foo=bar", "invalid filter 'foo'"),
            (
                "status=foo",
                "invalid filter 'status=foo': invalid value for state (foo): must be one of created, running, paused, restarting, removing, exited, dead"
            ),
            ("exited=x", "invalid filter 'exited=x': strconv.Atoi: parsing \"x\": invalid syntax"),
            ("is-task=foo", "invalid filter 'is-task=[foo]'"), ("since=nosuch", "No such container: nosuch"),
            (
                "publish=foo",
                "error while looking up for publish foo: strconv.ParseUint: parsing \"foo\": invalid syntax"
            ),
            ("publish=1:2", "filter for 'publish' should not contain ':': 1:2"),
        ] {
            try fixture.refuses("docker ps --filter \(condition)", message)
        }
        try fixture.expect(
            "docker ps -q --format x", "ID\n",
            errors: "WARNING: Ignoring custom format, because both --format and --quiet are set.\n")
        try fixture.expect(
            "docker container prune -f | sed 's/: [0-9].*/: N/'",
            "Deleted Containers:\nID\nID\n\nTotal reclaimed space: N\n")
    }

    @Test func `health, restarts and hooks work when the command line has gone`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            docker run -d --name hh --network none --health-cmd 'test -f /ok' --health-interval 20ms \
                --health-retries 2 box sleep 600 >/dev/null
            until [ "$(docker inspect -f '{{.State.Health.Status}}' hh)" = unhealthy ]; do sleep 0.05; done
            docker exec hh touch /ok
            until docker ps -f health=healthy -q | grep -q .; do sleep 0.05; done
            docker ps --format '{{.Status}}' | grep -o '(.*'
            """, "(healthy)\n")
        try fixture.expect(
            """
            docker run -d --name again --network none --restart on-failure:2 box false >/dev/null
            until [ "$(docker inspect -f '{{.RestartCount}} {{.State.Status}}' again)" = '2 exited' ]; do sleep 0.05; done
            docker inspect -f '{{.State.ExitCode}}' again
            """, "1\n")
        try fixture.expect(
            """
            docker run --rm --name self --network none box sh -c 'while [ ! -e /end ]; do sleep 0.02; done' & cli=$!
            until docker exec self true 2>/dev/null >&2; do sleep 0.05; done
            kill -9 $cli; wait $cli 2>/dev/null
            docker exec self touch /end
            while docker inspect self >/dev/null 2>&1; do sleep 0.05; done; echo gone
            """, "gone\n")
    }

    @Test func `top, port, diff, export and volumes`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            "docker run -d --name tt --network none box sh -c 'echo x >/data/seed; rm -r /data/sub; mkdir /new; echo y >/new/f; chmod 700 /srv; echo z >/tmp/z; sleep 600' >/dev/null"
        )
        try fixture.expect(
            "until docker exec tt test -e /tmp/z; do :; done; docker diff tt",
            "C /data\nC /data/seed\nD /data/sub\nA /new\nA /new/f\nC /srv\nC /tmp\nA /tmp/z\n")
        try fixture.expect(
            "docker top tt -o pid,comm | tr -s ' ' | sed 's/[0-9][0-9]*/N/g'", "PID COMMAND\nN sleep\n")
        try fixture.refuses("docker top tt -Z foo", "ps: error: unknown user-defined format specifier \"o\"")
        try fixture.expect("docker port tt")
        try fixture.expect("docker port tt 80", status: 1, errors: "Error: No public port '80' published for tt\n")
        try fixture.expect(
            "docker port tt x", status: 1,
            errors: "Error: invalid port (x): strconv.ParseUint: parsing \"x\": invalid syntax\n")
        try fixture.expect(
            "docker export tt | tar -xO data/seed new/f; docker export -o out.tar tt; tar -tf out.tar | grep -c data/sub",
            status: 1, "x\ny\n0\n")
        try fixture.refuses(
            "docker volume create 'a b'",
            "create a b: \"a b\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path"
        )
        try fixture.expect(
            "docker volume create vv; docker volume create vv; docker volume ls; docker volume rm vv",
            "vv\nvv\nDRIVER    VOLUME NAME\nlocal     vv\nvv\n")
        try fixture.refuses(
            "docker volume create v",
            "create v: volume name is too short, names should be at least two alphanumeric characters")
        try fixture.refuses(
            "docker volume create -d foo x", "create x: error looking up volume plugin foo: plugin \"foo\" not found")
    }
}
