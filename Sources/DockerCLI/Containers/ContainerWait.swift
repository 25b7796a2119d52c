// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container wait`, `docker wait`.
    static var containerWait: Command {
        Command(
            "wait", usage: "CONTAINER [CONTAINER...]",
            "Block until one or more containers stop, then print their exit codes", arguments: .atLeast(1),
            paths: ["container wait", "wait"]
        ) { _ in
            .local { parsed, context in
                let host = try ContainerHost(context)
                var errors: [String] = []
                for name in parsed.arguments {
                    do {
                        if let code = try host.engine.wait(name) { context.out.print("\(code)") }
                        try context.out.flush()
                    } catch {
                        errors.append(context.text(of: error))
                    }
                }
                guard errors.isEmpty else { throw StatusError(errors.joined(separator: "\n")) }
                return .success
            }
        }
    }
}
