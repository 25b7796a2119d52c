// SPDX-License-Identifier: Apache-2.0
import OCI
import TestSupport
import Testing

@testable import Engine

/// Mutated Dockerfile instructions, as `commit --change` and `import --change` take them: nothing may trap or hang.
struct ChangeFuzzTests {
    private static let instructions = [
        #"ENV A=b "C=d e" F=${A:-x} G=\$H"#, #"CMD ["sh", "-c", "echo \u0041"]"#, "ENTRYPOINT exec top -b",
        "LABEL a=1 'b c'=\"d\"", "EXPOSE 80/tcp 1000-1010/udp $PORT", "VOLUME [\"/a\", \"/b\"]",
        "HEALTHCHECK --interval=5s --retries=3 CMD curl http://x", "ONBUILD RUN a && b", "STOPSIGNAL SIGRTMIN+1",
        "USER ${U%%:*}:${U#*:}", "WORKDIR /a/../b/$X", "SHELL [\"a\"]", "ENV A=${B//x*/y} C=${D##*.}",
        "RUN <<EOF\na\nEOF",
    ]

    @Test func `no instruction makes the parser trap`() {
        var fuzz = ByteMutator(tokens: [
            "$", "${", "}", "\"", "'", "\\", "\n", "[", "]", "=", "%", "#", "*", "<<", "é", "\0",
        ])
        var config = ContainerConfig()
        config.env = ["PORT=1", "X=y", "U=a:b", "D=a.b.c"]
        var accepted = 0
        for _ in 0..<ByteMutator.iterations / 4 {
            let change = String(decoding: fuzz.mutate(Self.instructions), as: UTF8.self)
            if (try? config.applying(changes: [change])) != nil { accepted += 1 }
        }
        #expect(accepted > 0)
    }
}
