// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Many containers at once, and programs killed in the middle: whatever happens, nothing is left behind.
///
/// `DOCKERLITE_STORM` is the number of containers of each test; a handful by default.
@Suite(.serialized, .enabled(if: ContainerFixture.canRun, ContainerFixture.requirement))
struct StormTests {
    private static let number = ProcessInfo.processInfo.environment["DOCKERLITE_STORM"].flatMap { Int($0) } ?? 6

    private func checkNothingIsLeft(_ fixture: ContainerFixture, _ ids: String = "") throws {
        let left = try fixture.leftovers()
        #expect(left == [])
        #expect(ContainerFixture.cgroups(of: ids.split(separator: "\n").map(String.init)) == [])
        try fixture.expect("docker ps -aq")
        let check = try fixture.docker.run("system", "check")
        #expect(check.status == 0, "\(check.text)\(check.errors)")
    }

    @Test func `containers started and removed at once`() throws {
        let fixture = try ContainerFixture()
        let result = try fixture.docker.shell(
            """
            for i in $(seq \(Self.number)); do
                { docker run --rm --network none -v /anon box sh -c "exit $i"; [ $? = "$i" ] || echo "wrong code $i"; } &
                docker run -d --name "c$i" --network none box sleep 600 >>ids &
            done
            wait
            docker ps -q | wc -l
            docker ps -aq | wc -l
            for i in $(seq \(Self.number)); do docker rm -f -v "c$i" >/dev/null & done
            wait
            """)
        #expect(result.text == "\(Self.number)\n\(Self.number)\n")
        #expect(result.errors == "")
        let ids = try String(contentsOfFile: fixture.docker.workingDirectory + "/ids", encoding: .utf8)
        try checkNothingIsLeft(fixture, ids)
    }

    @Test func `rmi against run`() throws {
        let fixture = try ContainerFixture()
        try fixture.load(BusyboxImage.image(over: [TestLayer(["own": [1]])]), as: "raced:1")
        let result = try fixture.docker.shell(
            """
            docker save -o raced.tar raced:1
            for i in $(seq \(Self.number)); do
                docker run --rm --pull never --network none raced:1 cat /own >/dev/null 2>>run.err &
                docker rmi raced:1 >/dev/null 2>>rmi.err &
                docker load -q -i raced.tar >/dev/null 2>>load.err &
                [ $((i % 3)) != 0 ] || wait
            done
            wait
            grep -v -e 'No such image: ' -e "^Run 'docker run --help'" -e '^$' run.err
            grep -v -e 'No such image: raced:1' -e 'unable to remove repository reference' -e 'unable to delete' rmi.err
            cat load.err
            docker load -q -i raced.tar && docker run --rm --network none raced:1 wc -c /own
            """)
        #expect(result.text == "Loaded image: raced:1\n1 /own\n")
        try checkNothingIsLeft(fixture)
    }

    @Test func `cgroups that a killed runtime left go with the container`() throws {
        let fixture = try ContainerFixture()
        let result = try fixture.docker.shell(
            """
            docker create --network none box true | tee id
            for procs in /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/*/cgroup.procs; do
                [ -e "$procs" ] || continue
                group=${procs%/*}/dockerlite/$(cat id); mkdir -p "$group/below"
                sleep 20 >/dev/null 2>&1 & echo $! >"$group/below/cgroup.procs" 2>/dev/null || kill $!
            done
            docker rm "$(cat id)"
            """)
        let id = try String(contentsOfFile: fixture.docker.workingDirectory + "/id", encoding: .utf8)
        #expect(result.text == id + id)
        try checkNothingIsLeft(fixture, id)
    }

    @Test func `kills of the command line and of the monitor at random`() throws {
        let fixture = try ContainerFixture()
        let result = try fixture.docker.shell(
            """
            for i in $(seq \(Self.number)); do
                docker run --name "k$i" --network none -v /anon box sleep 600 2>/dev/null & command="$command $!"
                docker run --rm --network none box sleep 600 2>/dev/null & command="$command $!"
            done
            for process in $command; do
                sleep "0.0$(od -An -N1 -tu1 /dev/urandom | tr -d ' ')"
                kill -9 "$process"
            done
            wait
            ps -eo pid,args | grep -F "\(fixture.docker.root)/" | grep '[c]onmon' | awk 'NR % 2 { print $1 }' | xargs -r kill -9
            # Which ended, `ps` has to know: no record may say running without a living process.
            for id in $(docker ps -q); do
                pid=$(docker inspect -f '{{.State.Pid}}' "$id")
                [ -d "/proc/$pid" ] || echo "$id is said to run as $pid"
            done
            docker ps -aq --no-trunc >ids
            xargs -r docker rm -f -v <ids >/dev/null
            # What was killed while it made a container is swept.
            docker container prune -f >/dev/null
            docker ps -aq
            """)
        #expect(result.text == "")
        let ids = try String(contentsOfFile: fixture.docker.workingDirectory + "/ids", encoding: .utf8)
        try checkNothingIsLeft(fixture, ids)
    }
}
