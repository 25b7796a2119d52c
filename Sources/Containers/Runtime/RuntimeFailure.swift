// SPDX-License-Identifier: Apache-2.0

/// Turns what the runtime says into docker's texts and exit codes.
enum RuntimeFailure {
    /// A container could not be made or started.
    static func create(_ reason: String) -> ContainerError {
        let text =
            "failed to create task for container: failed to create shim task: OCI runtime create failed: \(reason): unknown"
        if text.contains("not a directory") {
            let hint =
                "Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type"
            return .command(message: "\(text): \(hint)", exitCode: 127)
        }
        return classify(text, otherwise: 128)
    }

    static func exec(_ reason: String) -> ContainerError {
        classify("OCI runtime exec failed: \(reason): unknown", otherwise: 126)
    }

    /// docker's client decides by the words: 127 for a command that isn't there, 126 for one that cannot be run.
    private static func classify(_ text: String, otherwise code: Int32) -> ContainerError {
        let missing = [
            "executable file not found", "no such file or directory", "system cannot find the file specified",
        ]
        let denied = ["permission denied", "is a directory"]
        if missing.contains(where: text.contains) { return .command(message: text, exitCode: 127) }
        if denied.contains(where: { text.contains($0) }) { return .command(message: text, exitCode: 126) }
        return .command(message: text, exitCode: code)
    }
}
