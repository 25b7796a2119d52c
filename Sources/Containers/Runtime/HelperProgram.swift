// SPDX-License-Identifier: Apache-2.0

/// A program that containers are run with, as it is installed here.
public struct HelperProgram: Sendable, Hashable {
    /// How the program is called on a command line.
    public let name: String
    /// Debian's package.
    public let package: String
    /// What doesn't work without it.
    public let purpose: String
    /// nil when it isn't installed.
    public let path: String?

    /// The runtime, the monitor, and the networks of root and of others.
    public static func all(isRoot: Bool) -> [HelperProgram] {
        let runtime = Program.locate("runc") == nil && Program.locate("crun") != nil ? "crun" : "runc"
        let network = isRoot ? ("netavark", "netavark") : ("pasta", "passt")
        return [
            HelperProgram(runtime, package: runtime, purpose: "running containers"),
            HelperProgram("conmon", package: "conmon", purpose: "running containers"),
            HelperProgram(network.0, package: network.1, purpose: "networks of containers other than host and none"),
        ]
    }

    private init(_ name: String, package: String, purpose: String) {
        self.name = name
        self.package = package
        self.purpose = purpose
        path = Program.locate(name)
    }

    public var capability: Capability {
        Capability(name: name, found: path, remedy: "\(purpose): install the package \(package)")
    }

    /// What the program says its version is; nil when it isn't installed or says nothing.
    ///
    /// All of them print it on the first line, after their name: `runc version 1.1.5`, `netavark 1.4.0`.
    public func version() -> String? {
        guard let path, let output = try? ChildProcess.capture(path, ["--version"], limit: 4096) else { return nil }
        let text = String(decoding: output.standardOutput, as: UTF8.self)
        let words = text.split(whereSeparator: \.isNewline).first?.split(separator: " ") ?? []
        return words.dropFirst().first { $0 != "version" }.map(String.init)
    }
}
