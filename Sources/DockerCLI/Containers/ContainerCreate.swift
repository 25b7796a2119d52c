// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container create`, `docker create`.
    static var containerCreate: Command {
        Command(
            "create", usage: "[OPTIONS] IMAGE [COMMAND] [ARG...]", "Create a new container", arguments: .atLeast(1),
            interspersed: false, paths: ["container create", "create"]
        ) { flags in
            let options = ContainerFlags(
                &flags, pullUsage: "Pull image before creating (\"always\", \"|missing\", \"never\")")
            return .local { parsed, context in
                var request = try withHelp("create", context) { try options.request(parsed, context) }
                request.platform = try options.wantedPlatform(parsed, context)
                let host = try ContainerHost(context)
                context.out.print(try request.create(on: host).id.hex)
                return .success
            }
        }
    }

    /// Runs the part of a verb that reads its options: errors of docker's client get a hint, and exit code 125. Those of
    /// its engine do so for `run` alone.
    static func withHelp<Result>(_ verb: String, _ context: Context, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as ContainerError where verb != "run" && !error.isSyntax {
            throw error
        } catch {
            throw StatusError(context.hinted(context.text(of: error), verb), code: .usage)
        }
    }
}

extension ContainerError {
    fileprivate var isSyntax: Bool {
        if case .syntax = self { true } else { false }
    }
}

extension Context {
    /// docker's frame of the errors of `run`.
    func hinted(_ message: String, _ verb: String) -> String {
        "\(program): \(message)\n\nRun '\(program) \(verb) --help' for more information"
    }
}
