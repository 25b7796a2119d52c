// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Verbs and options as scripts combine them.
@Suite(.enabled(if: ContainerFixture.canRun, ContainerFixture.requirement))
struct CombinedVerbTests {
    private static let trap = "trap \"exit 3\" TERM; trap \"exit 4\" USR2; echo ready; while :; do sleep 0.02; done"

    @Test func `a restart keeps a container that is to remove itself`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            docker run -d --rm --name once --network none -v /anon box sh -c 'echo x >>/anon/count; sleep 600' >/dev/null
            docker restart -t 0 once; docker exec once wc -l /anon/count; docker stop -t 0 once; docker ps -aq
            docker volume ls -q
            """, "once\n2 /anon/count\nonce\n")
    }

    @Test func `a paused container hears a signal that ends it`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            for name in one two three; do
                docker run -d --name $name --network none box sh -c '\(Self.trap)' >/dev/null
                until docker logs $name | grep -q ready; do :; done; docker pause $name
            done
            docker stop -t 300 one; docker kill -s USR2 two; docker wait one two; docker rm -f three
            """, "one\ntwo\nthree\none\ntwo\n3\n4\nthree\n")
    }

    @Test func `a variable without a value takes away the image's`() throws {
        let fixture = try ContainerFixture()
        try fixture.load(BusyboxImage.image(config: ["\"Labels\":{}"]), as: "env:1")
        try fixture.expect(
            """
            docker create --name source -e GONE=1 -e KEPT=2 --network none env:1 >/dev/null; docker commit source env:2 >/dev/null
            docker run --rm --network none -e GONE -e NEW=3 env:2 env | grep -e GONE -e KEPT -e NEW | sort
            docker run -d --name up --network none env:2 sleep 600 >/dev/null
            docker exec -e GONE -e NEW=3 up env | grep -v -e PATH -e HOSTNAME; echo GONE >file
            docker exec -u web up env | tail -1; docker exec -u web -e HOME=/own up env | grep HOME
            docker run --rm --network none --env-file file env:2 env | grep GONE
            """, "KEPT=2\nNEW=3\nKEPT=2\nNEW=3\nHOME=/root\nHOME=/srv\nHOME=/own\nGONE=1\n")
    }

    @Test func `old names of options work without a word`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            docker create --net none --dns-opt ndots:3 --name old box >/dev/null
            docker inspect -f '{{.HostConfig.NetworkMode}} {{.HostConfig.DnsOptions}}' old
            docker run --rm --net none box ls /sys/class/net
            """, "none [ndots:3]\nlo\n")
        try fixture.expect(
            "docker create --net none --network host box", status: 125,
            errors: "docker: a container can be connected to one network only: give --network once\n\n"
                + "Run 'docker create --help' for more information\n")
    }

    @Test func `an ID is printed before a start that fails, and programs run detached with a terminal`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            id=$(docker run -d --network none box nosuch 2>/dev/null); echo $?; docker rm $id | wc -c
            docker run -d --name up --network none box sleep 600 >/dev/null; docker exec -dit up sleep 500
            docker top up -o comm,pid | grep -c 'sleep *[0-9]'; docker top up -o pid | grep -c '^[0-9]'
            """, "127\n65\n2\n2\n")
    }

    @Test func `what create can know it says`() throws {
        let fixture = try ContainerFixture()
        try fixture.refuses("docker create -w /data/seed box", "Cannot mkdir: /data/seed is not a directory")
        try fixture.refuses("docker create --tmpfs / box", "invalid specification: destination can't be '/'")
        try fixture.expect("docker run -d --name first --network none box sleep 600", "ID\n")
        try fixture.fails(
            "docker run --rm --network none --ipc container:first box true",
            "Error response from daemon: can't join IPC of container ID: non-shareable IPC (hint: use "
                + "IpcMode:shareable for the donor container)")
        try fixture.expect(
            """
            docker create --cap-add net_admin --cap-drop CAP_CHOWN --cap-drop all --name caps box >/dev/null
            docker inspect -f '{{.HostConfig.CapAdd}} {{.HostConfig.CapDrop}}' caps
            docker run --rm --network none --cap-add SYS_ADMIN --cap-drop SYS_ADMIN box grep CapEff /proc/self/status
            own=$(grep CapEff /proc/self/status)
            for options in '--cap-add ALL --cap-drop ALL' --privileged; do
                [ "$(docker run --rm --network none $options box grep CapEff /proc/self/status)" = "$own" ]; echo $?
            done
            """, "[CAP_NET_ADMIN] [CAP_CHOWN ALL]\nCapEff:\t00000000a82425fb\n0\n0\n")
    }

    @Test func `sockets are left out of layers and exports, pipes are not opened`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            docker run --name odd --network none box mkfifo /pipe
            cd \(fixture.docker.root)/containers/$(docker inspect -f '{{.Id}}' odd)/diff
            perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "sock", Listen => 1)'; cd /
            docker diff odd; docker export odd | tar t | grep -x -e pipe -e sock; docker commit odd odd:2 >/dev/null
            docker run --rm --network none odd:2 ls / | grep -e pipe -e sock
            """, "A /pipe\nA /sock\npipe\npipe\n")
    }

    @Test func `a catalog that was lost knows the containers again after a repair`() throws {
        let fixture = try ContainerFixture()
        try fixture.load(BusyboxImage.image(over: [TestLayer(["own": [1]])]), as: "kept:1")
        try fixture.expect(
            """
            docker create --name stopped --network none kept:1 wc -c /own >/dev/null
            docker run -d --name up --network none kept:1 sleep 600 >/dev/null
            rm \(fixture.docker.root)/catalog.db*
            docker system check --repair >/dev/null 2>&1; echo $?
            docker rmi kept:1 2>&1 | cut -d ' ' -f 1-8; docker rmi -f "$(docker images -q kept:1)" 2>&1 | cut -d ' ' -f 1-9
            docker start -a stopped; docker system df --format '{{.Active}}' | sed -n 2p; docker rm -f stopped up
            docker rmi kept:1 | head -1
            """,
            """
            0
            Error response from daemon: conflict: unable to remove
            Error response from daemon: conflict: unable to delete ID
            1 /own
            1
            stopped
            up
            Untagged: kept:1

            """)
    }

    @Test func `an image's stop time-out may be any number`() throws {
        let fixture = try ContainerFixture()
        try fixture.load(
            BusyboxImage.image(config: ["\"StopTimeout\":9223372036854775807", "\"StopSignal\":\"KILL\""]), as: "long:1"
        )
        try fixture.expect(
            "docker run -d --name up --network none long:1 sleep 600 >/dev/null; docker stop up; docker rm up",
            "up\nup\n")
    }

    @Test func `streams that are closed are nobody's`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            docker images >&-; echo $?; docker run --rm --network none box echo x >&-; echo $?
            docker save box <&- >archive 2>&-; echo $?; tar tf archive | grep -c json; docker system check --deep >&- 2>&-; echo $?
            """, "0\n0\n0\n2\n0\n")
    }
}
