// SPDX-License-Identifier: Apache-2.0

/// docker's command line over the engine's operations.
public enum DockerCLI {
    /// Runs one command line to its end, with all its output.
    /// - Parameter arguments: without the program's name.
    /// - Returns: the exit code for the process.
    public static func run(_ arguments: [String], _ context: Context) -> Int32 {
        var runner = CommandRunner(root: .top(program: context.program), context: context)
        return runner.run(arguments).rawValue
    }
}
