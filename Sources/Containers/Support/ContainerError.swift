// SPDX-License-Identifier: Apache-2.0

/// What a container operation can fail with. `message` is docker's text where docker has one; the command line
/// prepends `Error response from daemon: ` to all but ``syntax(_:)``.
public enum ContainerError: Error, Equatable, Sendable {
    /// A container, volume or network is named by an empty text. docker's client says so itself, so that there is no
    /// prefix.
    case emptyName(of: String)
    /// No such container, volume or network.
    case notFound(String)
    /// A name is taken, or the container's state forbids the operation.
    case conflict(String)
    /// A value of the spec or an argument is wrong.
    case invalid(String)
    /// The value of an option cannot be read: docker's client says so itself, without asking its engine.
    case syntax(String)
    /// The container already is in the state asked for; docker's 304.
    case notModified(String)
    /// The program cannot be run: exit code 126 or 127.
    case command(message: String, exitCode: Int32)
    /// A program or kernel feature is missing; the text names the package to install.
    case missing(String)
    /// A system call or a helper program failed.
    case system(String)

    public var message: String {
        switch self {
        case .emptyName(let kind): "invalid \(kind) name or ID: value is empty"
        case .notFound(let text), .conflict(let text), .invalid(let text), .syntax(let text), .notModified(let text),
            .missing(let text), .system(let text):
            text
        case .command(let text, _): text
        }
    }
}

extension ContainerError: CustomStringConvertible {
    public var description: String { message }
}

extension ContainerError {
    /// The same with `context` before the message.
    func prefixed(_ context: String) -> ContainerError {
        switch self {
        case .emptyName: self
        case .notFound(let text): .notFound(context + text)
        case .conflict(let text): .conflict(context + text)
        case .invalid(let text): .invalid(context + text)
        case .syntax(let text): .syntax(context + text)
        case .notModified(let text): .notModified(context + text)
        case .command(let text, let code): .command(message: context + text, exitCode: code)
        case .missing(let text): .missing(context + text)
        case .system(let text): .system(context + text)
        }
    }
}

extension ContainerError {
    /// What docker says where a container that is between two lives would have to run.
    static func restarting(_ id: ContainerID) -> ContainerError {
        .conflict("Container \(id.hex) is restarting, wait until the container is running")
    }
}
