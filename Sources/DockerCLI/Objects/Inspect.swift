// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore

extension Command {
    /// Every type of docker's; the engine here knows fewer.
    private static let inspectTypes = [
        "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume",
    ]

    /// `docker inspect`.
    static var inspect: Command {
        Command(
            "inspect", usage: "[OPTIONS] NAME|ID [NAME|ID...]", "Return low-level information on Docker objects",
            arguments: .atLeast(1)
        ) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            let size = flags.bool("size", short: "s", "Display total file sizes if the type is container")
            let type = flags.string("type", "Only inspect objects of the given type")
            return .local { parsed, context in
                let sources = try inspectSources(
                    parsed.isChanged(type) ? parsed[type] : nil, store: try context.openStore(), context)
                return try context.inspect(parsed.arguments, format: parsed[format]) { name in
                    try find(name, in: sources, showsSize: parsed[size], isTyped: parsed.isChanged(type), context)
                }
            }
        }
    }

    /// The kinds to look through, in docker's order.
    private static func inspectSources(
        _ type: String?, store: ImageStore, _ context: Context
    ) throws -> [InspectSource] {
        let types = inspectTypes.map { "\"\($0)\"" }.joined(separator: ", ")
        if type?.isEmpty == true { throw StatusError("type is empty: must be one of \(types)") }
        if let type, !inspectTypes.contains(type) {
            throw StatusError("unknown type: \(GoQuote.quoted(type)): must be one of \(types)")
        }
        return InspectSource.all(in: store, context).filter { type == nil || $0.type == type }
    }

    private static func find(
        _ name: String, in sources: [InspectSource], showsSize: Bool, isTyped: Bool, _ context: Context
    ) throws -> InspectedObject {
        for source in sources {
            do {
                let object = try source.find(name, showsSize)
                if showsSize, !source.supportsSize { context.err.print("WARNING: --size ignored for \(source.type)") }
                return object
            } catch  where !isTyped && isMissing(error) {
                continue
            }
        }
        throw StatusError("Error: No such object: \(name)")
    }

    /// Whether the next kind is to be tried: no such object, or no name that an object of this kind could have.
    private static func isMissing(_ error: any Error) -> Bool {
        guard let error = error as? StoreError else { return error is NoSuchObject }
        if case .invalidReference = error { return true }
        return error.isNotFound
    }
}
