// SPDX-License-Identifier: Apache-2.0
import ImageStore

extension Command {
    /// `image exists`: exit code 0 or 1 and no output, for scripts. docker has no such command.
    static var imageExists: Command {
        Command(
            "exists", usage: "IMAGE", "Tell by the exit code whether an image is there", arguments: .exactly(1)
        ) { _ in
            .local { parsed, context in
                try context.openStore().find(parsed.arguments[0]) == nil ? .failure : .success
            }
        }
    }
}
