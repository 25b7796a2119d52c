// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What `commit` saves comes back, through a registry and another program, as it was.
@Suite(
    .enabled(
        if: ContainerFixture.canRun && RegistryProcess.isInstalled && ContainerFixture.has("getfattr"),
        "needs root, runc, conmon, busybox, docker-registry, skopeo and getfattr"))
struct CommitTests {
    /// Changes a container's files from outside, with what busybox cannot do: nanoseconds, attributes, capabilities.
    private static let changes = """
        cd "/proc/$(docker inspect -f '{{.State.Pid}}' work)/root" || exit 1
        rm -r data/sub && mkdir data/sub && echo new >data/sub/only
        rm srv/index.html
        mkdir -m 1770 made && chown 7:8 made
        echo linked >made/a && ln made/a made/b && ln made/a srv/c
        ln -s ../made/a made/link && mkfifo made/fifo && mknod made/null c 1 3 && mknod made/block b 7 0
        cp bin/busybox made/tool && setcap cap_net_raw+ep made/tool && chmod 4755 made/a
        setfattr -n user.note -v 'a value' made && setfattr -n user.empty made/b
        truncate -s 5M made/sparse && printf end >>made/sparse
        touch -h -d '2021-02-03 04:05:06.123456789' made/link
        touch -d '2001-02-03 04:05:06.000000001' made/a data/seed
        touch -d '1969-12-31 23:59:58.5' made/tool
        mkdir "made/$(printf 'n%.0s' $(seq 200))"
        touch "made/$(printf 'n%.0s' $(seq 200))/ümlaut $(printf 'x%.0s' $(seq 100))"
        touch -d '2011-11-11 11:11:11.111111111' made data/sub data srv
        """

    /// Every name of a container's root with type, mode, owner, size, time, link count and attributes, without what
    /// the engine puts there.
    private static func tree(of name: String) -> String {
        """
        (
            cd "/proc/$(docker inspect -f '{{.State.Pid}}' \(name))/root" || exit 1
            skip='-path ./proc -o -path ./sys -o -path ./dev -o -path ./etc/hosts -o -path ./etc/hostname
                -o -path ./etc/resolv.conf -o -path ./vol -o -path ./bound -o -path ./scratch'
            find . \\( $skip \\) -prune -o -type d -printf '%p d %m %U:%G %T@\\n' \
                -o -printf '%p %y %m %U:%G %s %T@ %n %l\\n' | grep -v -e '^\\./etc d' -e '^\\. d' -e '^\\./.dockerenv' -e '^\\./etc/mtab' | LC_ALL=C sort
            find made data srv -print0 | xargs -0 getfattr -h -d -m - -e hex 2>/dev/null | grep -v '^$' | LC_ALL=C sort
        )
        """
    }

    @Test(arguments: ["overlay2", "vfs"])
    func `trees survive commit, push, a copy by skopeo, and a run`(driver: String) async throws {
        let fixture = try ContainerFixture(driver: driver)
        let registry = try await RegistryProcess.start()
        let script = """
            set -e
            mkdir -p outside
            docker run -d --name work --network none -v vol:/vol -v ./outside:/bound --tmpfs /scratch box \
                sh -c 'echo x >/vol/x; echo x >/bound/x; echo x >/scratch/x; echo x >/dev/shm/x; sleep 600' >/dev/null
            until docker exec work test -e /dev/shm/x; do :; done
            (
            \(Self.changes)
            )
            \(Self.tree(of: "work")) >before
            docker diff work >diff
            docker commit work \(registry.host)/saved:1 >id
            docker push -q \(registry.host)/saved:1 >/dev/null
            skopeo copy -q --src-tls-verify=false docker://\(registry.host)/saved:1 docker-archive:saved.tar:copied:1
            docker load -q -i saved.tar
            docker run -d --name again --network none copied:1 sleep 600 >/dev/null
            \(Self.tree(of: "again")) >after
            diff before after >&2 && wc -l <before | awk '$1 > 250 { print "compared" }'
            echo "$(docker exec again ls /vol /bound /scratch | wc -l)"
            """
        let result = try fixture.docker.shell(script)
        #expect(result.errors == "")
        // What was mounted isn't in the image: three names of empty directories, and blank lines between.
        #expect(result.text == "Loaded image: copied:1\ncompared\n5\n")
        #expect(result.status == 0)
        let long = "/made/" + String(repeating: "n", count: 200)
        try fixture.expect(
            "cat diff",
            """
            A /bound
            C /data
            C /data/seed
            C /data/sub
            D /data/sub/deep
            A /data/sub/only
            A /made
            A /made/a
            A /made/b
            A /made/block
            A /made/fifo
            A /made/link
            A \(long)
            A \(long)/ümlaut \(String(repeating: "x", count: 100))
            A /made/null
            A /made/sparse
            A /made/tool
            A /scratch
            C /srv
            A /srv/c
            D /srv/index.html
            A /vol

            """)
    }

    /// File names are bytes; these are Latin-1, and shown with `%` for `é`.
    @Test(arguments: ["overlay2", "vfs"])
    func `names that are not UTF-8 are committed, saved, run, deleted, exported and copied`(driver: String) throws {
        let fixture = try ContainerFixture(driver: driver)
        try fixture.expect(
            #"""
            set -e -o pipefail
            e=$(printf '\351')
            list() { tar t --quoting-style=literal | LC_ALL=C grep -a "$1" | LC_ALL=C tr '\351' % | LC_ALL=C sort; }
            docker run --name first --network none box sh -c '
                e=$(printf "\351"); mkdir -p /d$e/s$e; echo one >/d$e/a$e; ln /d$e/a$e /d$e/b$e; ln -s a$e /d$e/l$e
                echo two >/d$e/s$e/c$e; ln -s /d$e/s$e /way'
            docker commit first one:1 >/dev/null
            docker save -o one.tar one:1
            docker rmi one:1 >/dev/null && docker load -q -i one.tar
            docker run --name second --network none one:1 sh -c '
                e=$(printf "\351"); cat /d$e/a$e /d$e/l$e /way/c$e; [ /d$e/a$e -ef /d$e/b$e ] && echo one file
                rm /d$e/b$e; rm -r /d$e/s$e; mkdir /d$e/s$e; echo three >/d$e/s$e/n$e'
            docker diff second
            docker commit second two:1 >/dev/null
            docker run --rm --network none two:1 sh -c 'ls -R /d?; cat /way/n?' | LC_ALL=C tr '\351' %
            docker export second | list "^d$e"
            docker cp second:/way/. out && cat "out/n$e"
            docker cp second:/ - | list "^[.]/d$e/s"
            mkdir in && echo four >"in/f$e" && ln "in/f$e" "in/g$e" && ln -s "f$e" "in/h$e"
            docker cp in second:/tmp/ 2>/dev/null && docker cp second:/tmp/in back 2>/dev/null
            cat "back/h$e" && diff <(ls back) <(ls in) && echo same names
            """#,
            """
            Loaded image: one:1
            one
            one
            two
            one file
            C /d\u{FFFD}
            D /d\u{FFFD}/b\u{FFFD}
            C /d\u{FFFD}/s\u{FFFD}
            D /d\u{FFFD}/s\u{FFFD}/c\u{FFFD}
            A /d\u{FFFD}/s\u{FFFD}/n\u{FFFD}
            /d%:
            a?
            l?
            s?

            /d%/s%:
            n?
            three
            d%/
            d%/a%
            d%/l%
            d%/s%/
            d%/s%/n%
            three
            ./d%/s%/
            ./d%/s%/n%
            four
            same names

            """)
    }

    @Test(arguments: ["overlay2", "vfs"])
    func `a commit is the same bytes every time with a fixed date`(driver: String) throws {
        let fixture = try ContainerFixture(driver: driver)
        try fixture.expect(
            """
            docker run --name work --network none box sh -c 'rm -r /data/sub; mkdir /new; echo x >/new/x'
            export SOURCE_DATE_EPOCH=1700000000
            a=$(docker commit -m one work first:1)
            b=$(docker commit -m one work second:1)
            [ "$a" = "$b" ] && echo same
            docker inspect -f '{{.Created}}' first:1
            docker save first:1 >first.tar && docker save first:1 | cmp - first.tar && echo same archive
            """, "same\n2023-11-14T22:13:20Z\nsame archive\n")
    }

    @Test(arguments: ["overlay2", "vfs"])
    func `what was committed before is the same layer again`(driver: String) throws {
        let fixture = try ContainerFixture(driver: driver)
        try fixture.expect(
            """
            docker run --name work --network none box sh -c 'rm -r /data/sub; rm /srv/index.html; rm -r /bin/id; >/x'
            first=$(docker commit work)
            second=$(docker commit work)
            [ "$first" != "$second" ] && echo two images
            layers() { docker inspect -f '{{.RootFS.Layers}}' "$1"; }
            [ "$(layers "$first")" = "$(layers "$second")" ] && echo one layer
            """, "two images\none layer\n")
    }

    @Test func `a container without changes adds no layer, and the change words do what a Dockerfile's do`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            """
            docker create --name idle --network none box true >/dev/null
            docker commit -m empty idle same:1 >/dev/null
            docker inspect -f '{{len .RootFS.Layers}}' box same:1
            docker history --format '{{.CreatedBy}}|{{.Size}}|{{.Comment}}' same:1
            """, "1\n1\ntrue|0B|empty\ntest layer|2.01MB|\n".replacing("2.01MB", with: try boxSize(fixture)))
        try fixture.expect(
            """
            docker commit -a me -c 'CMD ["x", "y"]' -c 'ENV A=b C="d e" PATH=$PATH:/opt' -c 'EXPOSE 80/udp' -c 'LABEL l=v' -c 'USER web' \
                -c 'VOLUME /v' -c 'WORKDIR rel' -c 'ENTRYPOINT ["e"]' -c 'STOPSIGNAL SIGINT' -c 'ONBUILD RUN x' \
                idle changed:1 >/dev/null
            docker inspect -f '{{json .Config}}' changed:1 | sed 's/.*"User"/"User"/'
            """,
            """
            "User":"web","ExposedPorts":{"80/udp":{}},"Env":["PATH=/bin:/opt","A=b","C=d e"],"Entrypoint":["e"],\
            "Cmd":["x","y"],"Volumes":{"/v":{}},"WorkingDir":"/rel","Labels":{"l":"v"},\
            "StopSignal":"SIGINT","OnBuild":["RUN x"]}

            """.replacing("\\\n", with: ""))
        try fixture.expect(
            """
            docker create --name placed --network none -e GREETING=hello -w /srv box true >/dev/null
            docker commit -c 'ENV PATH=$PATH:/opt TEXT="$GREETING you"' -c 'WORKDIR sub' placed extended:1 >/dev/null
            docker inspect -f '{{json .Config.Env}} {{.Config.WorkingDir}}' extended:1
            """,
            """
            ["GREETING=hello","PATH=/bin:/opt","TEXT=hello you"] /srv/sub

            """)
        for (change, message) in [
            ("RUN x", "RUN is not a valid change command"), ("ENV A", "ENV must have two arguments"),
            ("USER", "USER requires exactly one argument"), ("EXPOSE foo", "invalid containerPort: foo"),
        ] {
            try fixture.refuses("docker commit -c '\(change)' idle", message)
        }
        try fixture.expect(
            "docker commit idle moved:1 >/dev/null; docker commit -m two idle moved:1 >/dev/null; docker images -qf dangling=true",
            "ID\n")
    }

    private func boxSize(_ fixture: ContainerFixture) throws -> String {
        try fixture.docker.shell("docker history --format '{{.Size}}' box").text.trimmingCharacters(in: .newlines)
    }
}
