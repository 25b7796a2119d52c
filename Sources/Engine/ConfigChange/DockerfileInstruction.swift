// SPDX-License-Identifier: Apache-2.0

/// One instruction of a Dockerfile, split but not yet understood.
struct DockerfileInstruction {
    /// A here-document of a RUN, ADD or COPY.
    struct Heredoc {
        var name: String
        /// `<<-`: tabs may stand before the lines.
        var stripsTabs: Bool
        var content = ""
    }

    /// As typed.
    var name: String
    /// `--interval=5s`
    var flags: [String]
    var arguments: [String] = []
    /// The arguments were a JSON array.
    var isJSON = false
    /// The line, with continuations joined.
    var original: String
    var heredocs: [Heredoc] = []
    /// The instruction that ONBUILD holds.
    var triggers: [DockerfileInstruction] = []

    var mayHaveHeredocs: Bool {
        let instruction = name.lowercased() == "onbuild" ? triggers.first ?? self : self
        return ["add", "copy", "run"].contains(instruction.name.lowercased()) && !instruction.isJSON
    }
}
