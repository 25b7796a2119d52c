// SPDX-License-Identifier: Apache-2.0
import ImageStore

extension Command {
    /// `image pin`: the image stays until it is unpinned, or removed with force. docker has no such command.
    static var imagePin: Command {
        pinning("pin", "Keep images from being removed and pruned", isPinned: true)
    }

    /// `image unpin`.
    static var imageUnpin: Command {
        pinning("unpin", "Let pinned images be removed again", isPinned: false)
    }

    private static func pinning(_ name: String, _ short: String, isPinned: Bool) -> Command {
        Command(name, usage: "IMAGE [IMAGE...]", short, arguments: .atLeast(1)) { _ in
            .local { parsed, context in
                let store = try context.openStore()
                // All are looked up before the first is changed.
                for image in try parsed.arguments.map(store.resolve) {
                    try store.setPinned(isPinned, image: image.id)
                }
                for name in parsed.arguments { context.out.print(name) }
                return .success
            }
        }
    }
}
