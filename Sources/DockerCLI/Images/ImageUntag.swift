// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

extension Command {
    /// `image untag`: takes names away and never deletes an image. docker has no such command.
    static var imageUntag: Command {
        Command(
            "untag", usage: "IMAGE[:TAG|@DIGEST] [IMAGE[:TAG|@DIGEST]...]", "Remove names, never the image itself",
            arguments: .atLeast(1)
        ) { _ in
            .local { parsed, context in
                let references = try parsed.arguments.map { try Reference(normalizing: $0).withDefaultTag() }
                let store = try context.openStore()
                var missing: [String] = []
                for reference in references {
                    if try store.untag(reference) {
                        context.out.print("Untagged: \(reference.familiar)")
                    } else {
                        missing.append(context.text(of: StoreError.noSuchImage(reference.familiar)))
                    }
                }
                guard missing.isEmpty else { throw StatusError(missing.joined(separator: "\n")) }
                return .success
            }
        }
    }
}
