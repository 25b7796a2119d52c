// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `-it` on a pseudo-terminal, which script(1) makes.
@Suite(
    .enabled(
        if: ContainerFixture.canRun && ContainerFixture.has("script"), "needs root, runc, conmon, busybox and script"))
struct TerminalTests {
    /// Runs `session` with a terminal; `keys` types into it, with `wait WORD` to wait for what appears there.
    private static func converse(
        _ fixture: ContainerFixture, _ session: String, keys: String
    ) throws -> (screen: String, all: TestCommand.Result) {
        let result = try fixture.docker.shell(
            """
            wait_for() {
                for attempt in $(seq 5000); do grep -q -e "$1" screen 2>/dev/null && return; sleep 0.02; done
            }
            mkfifo keys
            cat >session <<'END'
            \(session)
            END
            timeout 60 script -qefc 'sh session' screen <keys >/dev/null 2>&1 & pid=$!
            exec 3>keys
            \(keys)
            exec 3>&-
            wait $pid
            """)
        let screen = (try? String(contentsOfFile: fixture.docker.workingDirectory + "/screen", encoding: .utf8)) ?? ""
        return (screen, result)
    }

    @Test func `the size arrives, Ctrl-C is the program's, and the terminal is as it was`() throws {
        let fixture = try ContainerFixture()
        let (screen, _) = try Self.converse(
            fixture,
            """
            stty rows 33 cols 77
            docker run -it --rm --network none box sh -c \
                'trap "echo caught; exit 7" INT; stty size; echo ready; while :; do sleep 0.02; done'
            echo "code $?"
            stty -a | grep -o -e '-*icanon' -e '-*isig' -e '-*echo ' -e '-*opost'
            """, keys: "wait_for ready; printf '\\003' >&3; wait_for opost")
        #expect(screen.contains("33 77\r\n"), "\(screen)")
        #expect(screen.contains("caught\r\ncode 7\r\n"), "\(screen)")
        for mode in ["icanon", "isig", "echo", "opost"] {
            #expect(screen.contains("\n\(mode)") && !screen.contains("-\(mode)"), "\(mode): \(screen)")
        }
    }

    @Test func `the keys detach, attach goes on, and a resize reaches the program`() throws {
        let fixture = try ContainerFixture()
        let (screen, _) = try Self.converse(
            fixture,
            """
            stty rows 20 cols 40
            docker run -it --name kept --network none box sh -c \
                'echo ready; read line; echo "got $line"; stty size; read line; exit 5'
            echo "first $?"
            docker ps --format '{{.Names}} {{.State}}'
            (sleep 0.2; stty rows 25 cols 50 </dev/tty) & docker attach --detach-keys ctrl-a,b kept
            echo "second $?"
            stty -a | grep -o -e '-*icanon'
            """,
            keys: """
                wait_for ready; printf '\\020\\021' >&3; wait_for 'kept running'
                for attempt in $(seq 2000); do
                    [ "$(docker exec kept stty -F /dev/console size 2>/dev/null)" != '25 50' ] || break
                done
                printf 'hello\\r' >&3; wait_for 'got hello'; printf '\\r' >&3; wait_for icanon
                """)
        // docker's client calls that an error only where it attached to what ran before.
        #expect(screen.contains("first 0\r\n") && !screen.contains("read escape sequence"), "\(screen)")
        #expect(screen.contains("kept running\r\n"), "\(screen)")
        #expect(screen.contains("got hello\r\n25 50\r\n"), "\(screen)")
        #expect(screen.contains("second 5\r\n"), "\(screen)")
        #expect(!screen.contains("-icanon"))
    }

    @Test func `exec has a terminal of its own`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect("docker run -d --name up --network none box sleep 600", "ID\n")
        let (screen, _) = try Self.converse(
            fixture,
            """
            stty rows 31 cols 61
            docker exec -it up sh -c 'stty size; echo ready; read line; echo "got $line"; exit 4'
            echo "code $?"
            stty -a | grep -o -e '-*icanon'
            """, keys: "wait_for ready; printf 'x\\r' >&3; wait_for icanon")
        #expect(screen.contains("31 61\r\n"), "\(screen)")
        #expect(screen.contains("got x\r\ncode 4\r\n"), "\(screen)")
        #expect(!screen.contains("-icanon"))
    }

    @Test func `a terminal that isn't there is an error`() throws {
        let fixture = try ContainerFixture()
        try fixture.expect(
            "docker run --rm -it box sh </dev/null", status: 1, errors: "the input device is not a TTY\n")
    }
}
