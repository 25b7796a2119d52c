// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `cp`, with the answers of a real docker.
@Suite(.timeLimit(.minutes(20)), .enabled(if: ImportedBox.canRun, ImportedBox.requirement))
struct CopyVerbTests {
    /// A container that doesn't run, and files to copy: `src/f`, `src/link -> f`, `src/sub/g`, all of 1000:1001.
    private func box() throws -> ImportedBox {
        let box = try ImportedBox()
        let made = try box.shell(
            """
            docker create --name web --network none box >/dev/null
            mkdir -p src/sub; echo f >src/f; echo g >src/sub/g; ln -s f src/link; chmod 750 src/sub
            chown -hR 1000:1001 src; ln -s src/f flink; ln -s src dlink; ln -s nowhere broken
            """)
        #expect(made.status == 0, "\(made.errors)")
        return box
    }

    /// What a path of the container holds, as tar lists it.
    private func listing(_ path: String) -> String {
        """
        docker cp web:\(path) - | tar tvf - --numeric-owner | tr -s ' ' | cut -d' ' -f1,2,6-
        """
    }

    @Test func `arguments that make no sense`() throws {
        let box = try box()
        let usage = """

            Usage:  docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-
            \tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH

            Run 'docker cp --help' for more information
            """
        try box.fails("docker cp", "docker: 'docker cp' requires 2 arguments\n" + usage)
        try box.fails("docker cp a b", "must specify at least one container source")
        try box.fails("docker cp - -", "must specify at least one container source")
        try box.fails("docker cp a:/x b:/y", "copying between containers is not supported")
        try box.fails("docker cp '' web:/", "source can not be empty")
        try box.fails("docker cp web:/ ''", "destination can not be empty")
        try box.refuses("docker cp nosuch:/x .", "No such container: nosuch")
        try box.refuses("docker cp src nosuch:/x", "No such container: nosuch")
        try box.refuses("docker cp web:/nosuch .", "Could not find the file /nosuch in container web")
        try box.refuses("docker cp web: new", "bad parameter: pathcannot be empty")
        try box.fails("docker cp nosuch web:/tmp", "lstat WORK/nosuch: no such file or directory")
    }

    @Test func `a directory goes into one that is there, or becomes the one that isn't`() throws {
        let box = try box()
        try box.expect("docker cp src web:/tmp && docker cp src web:/tmp/new && docker cp src/. web:/data")
        try box.expect(
            listing("/tmp"),
            """
            drwxr-xr-x 0/0 tmp/
            drwxr-xr-x 1000/1001 tmp/new/
            -rw-r--r-- 1000/1001 tmp/new/f
            lrwxrwxrwx 1000/1001 tmp/new/link -> f
            drwxr-x--- 1000/1001 tmp/new/sub/
            -rw-r--r-- 1000/1001 tmp/new/sub/g
            drwxr-xr-x 1000/1001 tmp/src/
            -rw-r--r-- 1000/1001 tmp/src/f
            lrwxrwxrwx 1000/1001 tmp/src/link -> f
            drwxr-x--- 1000/1001 tmp/src/sub/
            -rw-r--r-- 1000/1001 tmp/src/sub/g

            """)
        try box.expect(
            "docker cp web:/data out && docker cp web:/data out && find out -printf '%U %M %P\\n' | sort -k3",
            """
            0 drwxr-xr-x\u{20}
            0 drwxr-xr-x data
            0 -rw-r--r-- data/f
            0 lrwxrwxrwx data/link
            0 -rw-r--r-- data/seed
            0 drwxr-x--- data/sub
            0 -rw-r--r-- data/sub/g
            0 -rw-r--r-- f
            0 lrwxrwxrwx link
            0 -rw-r--r-- seed
            0 drwxr-x--- sub
            0 -rw-r--r-- sub/g

            """)
    }

    @Test func `a file keeps its name or gets a new one, and times`() throws {
        let box = try box()
        try box.expect(
            """
            touch -d '2020-01-02 03:04:05 UTC' src/f
            docker cp src/f web:/tmp/ && docker cp src/f web:/tmp/file && docker cp src/f web:/tmp/file
            docker cp web:/tmp/f one && docker cp web:tmp/file two && stat -c '%n %Y %s' one two
            """, "one 1577934245 2\ntwo 1577934245 2\n")
        try box.expect("echo colon >a:b; docker cp ./a:b web:/tmp/ && docker cp web:/tmp/a:b - | tar xO", "colon\n")
    }

    @Test func `places where it can't go`() throws {
        let box = try box()
        try box.expect("docker cp src web:/tmp")
        try box.fails("docker cp src/f web:/tmp/new/", "no such directory")
        try box.fails("docker cp src web:/tmp/src/f", "cannot copy directory")
        try box.fails("docker cp src/f/ web:/tmp", "not a directory")
        try box.refuses("docker cp src/f web:/no/dir/x", "Could not find the file /no/dir in container web")
        try box.refuses(
            "mkdir -p over/src/f; docker cp over/src web:/tmp",
            "cannot overwrite non-directory \"/tmp/src/f\" with directory \"/tmp\"")
        try box.refuses(
            "touch over/sub; docker cp over/sub web:/tmp/src",
            "cannot overwrite directory \"/tmp/src/sub\" with non-directory \"/tmp/src\"")
        try box.fails("docker cp web:/tmp/src/f new/", "no such directory")
        try box.fails("docker cp web:/tmp/src/f no/new", "invalid output path: directory \"WORK/no\" does not exist")
        try box.fails("docker cp web:/tmp/src flink", "cannot copy directory")
        try box.fails(
            "docker cp web:/tmp/src/f /dev/null",
            "invalid output path: \"/dev/null\" must be a directory or a regular file: got a device")
        try box.refuses("docker cp web:/tmp/src/f/ new", "lstat /tmp/src/f/: not a directory")
        try box.fails(
            "mkdir -p there/src/f; docker cp web:/tmp/src there",
            "cannot overwrite directory \"WORK/there/src/f\" with non-directory \"WORK/there\"")
    }

    @Test func `links are copied, and followed with -L`() throws {
        let box = try box()
        try box.expect("docker cp flink web:/tmp && docker cp -L flink web:/tmp/file && docker cp dlink/ web:/tmp/dir")
        try box.expect(
            listing("/tmp") + " | grep -v dir/",
            "drwxr-xr-x 0/0 tmp/\n-rw-r--r-- 1000/1001 tmp/file\nlrwxrwxrwx 0/0 tmp/flink -> src/f\n")
        try box.fails("docker cp -L broken web:/tmp", "lstat WORK/nowhere: no such file or directory")
        try box.expect(
            "docker cp web:/tmp/dir/link l1 && docker cp -L web:/tmp/dir/link l2 && readlink l1 && cat l2", "f\nf\n")
        try box.expect("mkdir in && docker cp -L web:/tmp/dir/link in && cat in/link", "f\n")
        // What is at the end of a link takes the file's place, also when it isn't there yet.
        try box.expect("docker cp web:/tmp/file broken && readlink broken && cat nowhere", "nowhere\nf\n")
        try box.expect(
            "ln -s /data abs; docker cp abs web:/tmp/; docker cp src/f web:/tmp/abs && docker cp web:/data/f - | tar xO",
            "f\n")
    }

    @Test func `links can't lead out of the container`() throws {
        let box = try box()
        try box.expect(
            """
            echo secret >secret; mkdir out; ln -s "$PWD" esc; ln -s ../../../../../.."$PWD" climb
            docker cp esc web:/tmp/ && docker cp climb web:/tmp/
            docker cp web:/tmp/esc/secret out; docker cp web:/tmp/climb/secret out; docker cp -L web:/tmp/esc out
            docker cp src web:/tmp/esc/planted; docker cp src web:/tmp/esc 2>/dev/null; ls
            """,
            """
            broken
            climb
            dlink
            esc
            flink
            out
            secret
            src

            """,
            errors: """
                Error response from daemon: Could not find the file /tmp/esc/secret in container web
                Error response from daemon: Could not find the file /tmp/climb/secret in container web
                Error response from daemon: Could not find the file WORK in container web
                Error response from daemon: Could not find the file /tmp/esc in container web

                """)
    }

    @Test func `streams of tar go both ways, compressed ones too`() throws {
        let box = try box()
        try box.expect("tar c src | docker cp - web:/tmp && tar cz src/f | docker cp - web:/data")
        try box.expect("docker cp web:/data - | tar t", "data/\ndata/seed\ndata/src/\ndata/src/f\n")
        try box.expect("docker cp web:/tmp/src/. - | tar t >list; head -2 list", "./\n./f\n")
        try box.fails("tar c src | docker cp - web:/data/seed", "destination \"web:/data/seed\" must be a directory")
        try box.fails("tar c src | docker cp - web:/nosuch", "destination \"web:/nosuch\" must be a directory")
        try box.refuses("echo garbage | docker cp - web:/tmp", "unexpected EOF")
        try box.refuses("docker cp web:/nosuch -", "Could not find the file /nosuch in container web")
    }

    @Test func `volumes, users, read-only roots and running containers`() throws {
        let box = try box()
        try box.expect(
            """
            docker run -d --name run --network none -u web --read-only -v vol:/vol -v "$PWD/src:/ro:ro" box sleep 100 |
                grep -c .
            docker cp src/f run:/vol/ && docker exec run cat /vol/f
            docker cp -a src/f run:/vol/mine && docker exec run stat -c %u:%g /vol/f /vol/mine
            docker cp run:/ - | tar t | grep -E '^./(vol|ro)/'
            """,
            "1\nf\n1000:1001\n101:102\n./ro/\n./ro/f\n./ro/link\n./ro/sub/\n./ro/sub/g\n./vol/\n./vol/f\n./vol/mine\n")
        try box.refuses("docker cp src/f run:/tmp", "container rootfs is marked read-only")
        try box.refuses("docker cp src/f run:/ro", "mounted volume is marked read-only")
        try box.expect("docker cp run:/etc/hostname - | tar xO | tr -d '0-9a-f'", "\n")
    }

    @Test func `what was copied is told to a terminal, or when asked`() throws {
        let box = try box()
        try box.expect("docker cp --quiet=false src/f web:/tmp", errors: "Successfully copied 2.05kB to web:/tmp\n")
        try box.expect("docker cp --quiet=false web:/tmp/f new", errors: "Successfully copied 2.05kB to WORK/new\n")
        try box.expect("docker cp web:/tmp/f new")
    }
}
