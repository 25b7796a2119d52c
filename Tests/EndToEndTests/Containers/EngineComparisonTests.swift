// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The same command lines through docker with a real engine and through ours, on the same image: what they print and how
/// they end must be equal.
@Suite(
    .serialized, .enabled(if: ContainerFixture.canRun, ContainerFixture.requirement),
    .enabled(if: EngineProcess.isInstalled, "needs a docker client and dockerd as root, or DOCKERLITE_ENGINE=SOCKET"))
struct EngineComparisonTests {
    /// What the containers are labelled with, so that they can be taken away again.
    private static let label = "dockerlite.comparison"

    /// Lines of bash; containers get no network, and names of images begin with `cmp`.
    private static let scenarios = [
        """
        docker run $L --name work cmp:1 sh -c 'rm -r /data/sub; mkdir -p /new/a; echo x >/new/a/f; ln -s f /new/a/l
            echo y >>/etc/group; chmod 700 /srv; touch "/tmp/$(printf "caf\\\\351 \\\\342\\\\202")"; rm /srv/index.html; mkfifo /p'
        docker diff work | sort
        docker commit -a me -m note -c 'ENV A=b PATH=$PATH:/opt' -c 'CMD ["x", "y"]' -c 'EXPOSE 80/udp' -c 'LABEL l="v w"' \\
            -c 'WORKDIR rel' -c 'USER web' -c 'VOLUME /v' -c 'ONBUILD RUN x' work cmp:2
        docker history --no-trunc --format '{{.CreatedBy}}|{{.Comment}}' cmp:2 | head -1
        docker inspect -f '{{json .Config.Env}} {{json .Config.Cmd}} {{json .Config.ExposedPorts}} {{.Config.WorkingDir}}
            {{json .Config.Labels}} {{.Config.User}} {{json .Config.Volumes}} {{json .Config.OnBuild}}
            {{.Author}} {{.Comment}} {{len .RootFS.Layers}} {{.Os}} {{.Architecture}}' cmp:2
        docker run $L --rm --user root cmp:2 sh -c 'ls -A /data /srv /new/a /tmp; pwd; echo $A; tail -1 /etc/group'
        docker export work | tar t --quoting-style=escape | grep -v -e '^bin/' -e '^dev' -e '^etc/mtab' | sort
        docker run $L --name again cmp:2 true; docker commit again cmp:3 >/dev/null
        docker history --format '{{.Size}}' cmp:3 | head -1
        """,
        """
        docker create $L --name made -l b=c cmp:1 echo made
        docker run $L --name three cmp:1 sh -c 'exit 3'; echo $?
        docker run $L -d --name up cmp:1 sleep 600
        docker run $L -d --name held cmp:1 sleep 600; docker pause held
        docker ps -a --format '{{.Names}}|{{.Image}}|{{.Command}}|{{.State}}|{{.Ports}}|{{.Networks}}|{{.Label "b"}}|{{.LocalVolumes}}' | sort
        docker ps --format '{{.Names}} {{.Status}}' | sort
        docker ps -q | wc -l; docker ps -aqf status=exited | wc -l; docker ps -af exited=3 --format '{{.Names}}'
        docker ps -a --no-trunc --format '{{.Command}}' -f name=three; docker ps -l --format '{{.Names}}'
        docker unpause held; docker rename held kept; docker kill kept; docker wait kept
        docker stop -t 0 up; docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.Running}}' up made three
        docker start -a made; docker logs made; docker restart -t 0 up; docker exec up sh -c 'exit 5'; echo $?
        docker top up -o pid,args | tail -1 | tr -s ' ' | cut -d' ' -f2-; docker port up
        docker rm up 2>/dev/null; echo $?; docker rm -f up kept nosuch; echo $?
        docker create $L --name mounted -v cmp-volume:/v -v /anon -v /tmp:/t:ro cmp:1 true
        docker inspect -f '{{.HostConfig.CgroupnsMode}}{{range .Mounts}}|{{.Type}} {{.Destination}} {{.Mode}} {{.RW}}{{end}}' \\
            mounted | tr '|' '\\n' | sort; docker rm -v mounted; docker volume rm cmp-volume
        docker run $L -d --name up cmp:1 sleep 600 >/dev/null
        docker create --label \(Self.label) --name mounted -v /anon --tmpfs /t:size=1m --mount type=volume,dst=/v \\
            --mount type=volume,src=cmp-volume,dst=/n,readonly,volume-nocopy,volume-label=a=b,volume-driver=local \\
            --mount type=bind,src=/usr,dst=/b,ro,consistency=cached --mount type=bind,src=/usr,dst=/c,bind-nonrecursive \\
            --mount type=tmpfs,dst=/u,tmpfs-size=1m,tmpfs-mode=700 --mount type=tmpfs,dst=/w,readonly \\
            --network container:up --pid container:up --ipc host cmp:1 true
        docker create $L --name third -v cmp-volume:/n:ro -v /anon -v /usr:/b --mount type=volume,dst=/v cmp:1 true
        docker create $L --name second --volumes-from third --expose 80/foo cmp:1 true
        docker inspect -f '{{json .HostConfig.Binds}} {{json .HostConfig.Mounts}} {{json .HostConfig.Tmpfs}}
            {{json .Config.Volumes}} {{json .HostConfig.SecurityOpt}} {{.HostConfig.PidMode}}
            {{.HostConfig.NetworkMode}} {{range .HostConfig.Mounts}}{{.Type}} {{.Target}} {{.BindOptions}}{{end}}' mounted
        for name in mounted third second; do
            docker inspect -f '{{json .Config.ExposedPorts}}|{{range .Mounts}}{{.Type}} {{.Destination}} {{.Mode}} {{.RW}} {{.Propagation}}|{{end}}' $name |
                tr '|' '\\n' | sort
        done
        """,
        """
        for line in 'nosuch' '/etc' '/etc/passwd' 'sh -c "kill -9 $$"' 'true' 'false'; do
            eval "docker run $L --rm cmp:1 $line" >/dev/null 2>&1; echo "$line $?"
        done
        docker run $L --rm --entrypoint /nosuch cmp:1 2>/dev/null; echo $?
        docker run $L -d --name up cmp:1 sleep 600 >/dev/null
        for line in /etc 'sh -c "exit 9"' true; do eval "docker exec up $line" >/dev/null 2>&1; echo "$line $?"; done
        docker exec -w /tmp -e A=b -u web up sh -c 'pwd; echo $A; id -u'; echo in | docker exec -i up cat
        docker exec up sh -c 'sleep 300 & echo left; echo behind >&2; exit 4'; echo $?; docker exec up yes | head -1
        docker stop nosuch; docker exec nosuch true; docker diff nosuch; docker commit nosuch; docker cp nosuch:/x .; docker logs nosuch
        docker exec up; docker rename up up; docker kill -s NOSUCH up 2>/dev/null; echo $?
        echo host >file; docker cp -q file up:/tmp/in; docker exec up cat /tmp/in; docker cp -q up:/data out; ls -R out
        docker cp up:/nosuch .; docker cp up:/data/. - | tar t | sort
        """,
        """
        docker tag cmp:1 cmp:used
        docker create $L --name stopped cmp:used true >/dev/null
        docker tag cmp:used cmp:other; docker rmi cmp:other; docker rmi cmp:1
        docker rmi cmp:used; docker rmi "$(docker images -q cmp:used)"; docker rmi -f cmp:used
        docker ps -a --format '{{.Image}}' -f name=stopped; docker start -a stopped; echo $?
        """,
        """
        docker run $L -d --name up cmp:1 sleep 600 >/dev/null
        docker rmi cmp:1; docker rmi "$(docker images -q cmp:1)"; docker rmi -f "$(docker images -q cmp:1)"
        docker rmi -f cmp:1; docker images --format '{{.Repository}}|{{.Tag}}' -f dangling=true; docker exec up cat /data/seed
        """,
        """
        for options in '--restart no:x' '--restart :1' '-v vol:b' '-v /a:/b:zz' '-v /a:/b:ro,rw' '-v /a:' '-v /a:/b:nocopy' \\
            '-v vol:/b:rshared' '-v /tmp:/' '--tmpfs rel' '--mount type=bind,dst=/x' '--mount x' \\
            '--mount type=bind,src=rel,dst=/x' '--mount type=foo,dst=/x' '--mount type=tmpfs,dst=/x,volume-nocopy' \\
            '--mount type=bind,src=/nosuch,dst=/x' '--mount type=bind,src=/tmp,dst=/' '--mount dst=x' \\
            '--mount type=bind,src=/tmp,dst=/x,bind-propagation=zz' '--network-alias x' \\
            '--volumes-from missing' '--volumes-from a:zz' '--ip 1.2.3' '--memory 1' '--pid bad' \\
            '--pid container:missing' '--ipc container:missing' \\
            '--memory-reservation 1' '--cpus 1 --cpu-quota 5000' '--cpuset-cpus x' '--expose foo' '--expose 9-8' \\
            '--device a:rel' '--device /dev/null:/x:zz' '--security-opt bad' '--label =x' '--name a/b' '-p abc' '-p 1:2/foo' \\
            '--ulimit nofile=5:2' '--env-file /nosuch' '--add-host a' '--dns x' '--mac-address x' '--pull bad' -w=rel \\
            '--health-cmd x --no-healthcheck' '--rm --restart always' '--cidfile /nosuch/cid' '--userns bad' '-e =x'; do
            for verb in run create; do
                eval "docker $verb --label \(Self.label) $options cmp:1 true" 2>&1; echo "$verb $options: $?"
            done
        done
        docker create UPPER; docker run UPPER; docker create --pull never nosuch; docker ps -aqf label=\(Self.label) | wc -l
        """,
    ]

    @Test func `the same is printed, and the ends are the same`() async throws {
        guard let engine = try await EngineProcess.startIfPossible() else { return }
        try await background { try Self.compare(engine) }
    }

    private static func compare(_ engine: EngineProcess) throws {
        let archive = try TemporaryDirectory()
        let path = archive.path + "/image.tar"
        try Data(BusyboxImage.image().archive(as: "cmp:1")).write(to: URL(fileURLWithPath: path))
        for scenario in scenarios {
            let script = """
                docker load -q -i '\(path)' >/dev/null; L='--network none --label \(Self.label)'
                \(scenario)
                """
            let theirs = try engine.shell(script)
            _ = try engine.shell(
                """
                docker ps -aqf label=\(Self.label) | xargs -r docker rm -f -v
                docker images --format '{{.Repository}}:{{.Tag}}' cmp | xargs -r docker rmi -f
                """)
            let fixture = try ContainerFixture()
            // The fixture's own name of the image.
            try fixture.docker.run("rmi", "box")
            let ours = try fixture.docker.shell(script)
            #expect(lines(ours.text) == lines(theirs.text))
            #expect(lines(ours.errors) == lines(theirs.errors))
            #expect(ours.status == theirs.status)
        }
    }

    /// Without IDs and ages, which cannot be equal.
    private static func lines(_ text: String) -> [String] {
        text.replacing(#/\b([0-9a-f]{64}|[0-9a-f]{12})\b/#.wordBoundaryKind(.simple), with: "ID")
            .replacing(#/(Less than a|About a|[0-9]+) (second|minute)s?/#, with: "TIME")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
