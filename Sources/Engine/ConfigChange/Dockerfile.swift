// SPDX-License-Identifier: Apache-2.0

/// The instructions of a Dockerfile, read as BuildKit's parser reads them (frontend/dockerfile/parser).
struct Dockerfile {
    /// The longest line in bytes, without its end.
    static let maximumLineLength = 65_535

    /// `\`, or what the `escape` directive sets.
    private(set) var escape: Unicode.Scalar
    private(set) var instructions: [DockerfileInstruction] = []

    init(parsing text: String) throws(ConfigChangeError) {
        var lines = DockerfileLines(text)
        while let line = try lines.next() {
            let parser = InstructionParser(escape: lines.escape)
            var instruction = try parser.parse(line)
            if instruction.mayHaveHeredocs {
                instruction.heredocs = try lines.heredocs(of: line)
            }
            instructions.append(instruction)
        }
        escape = lines.escape
        if instructions.isEmpty { throw .noInstructions }
        if lines.hasLineTooLong { throw .lineTooLong }
    }
}
