// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine
import ImageStore

extension InspectSource {
    /// Every kind of docker's, in the order in which `inspect` tries them.
    static func all(in store: ImageStore, _ context: Context) -> [InspectSource] {
        [
            container(context),
            image(in: store, context),
            network(context),
            volume(context),
            none("service") { _ in noSwarm }, none("task") { _ in noSwarm }, none("node") { _ in noSwarm },
            none("plugin") { "plugin \"\($0)\" not found" },
            none("secret") { _ in noSwarm }, none("config") { _ in noSwarm },
        ]
    }

    private static let noSwarm = """
        This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm \
        and try again.
        """

    /// A kind of which there are no objects.
    private static func none(_ type: String, missing: @escaping @Sendable (String) -> String) -> InspectSource {
        InspectSource(type: type) { name, _ in
            try requireName(name, of: type)
            throw NoSuchObject(missing(name))
        }
    }

    /// docker's client looks at this itself, and then tries no other kind.
    private static func requireName(_ name: String, of type: String) throws(StatusError) {
        guard !name.trimmed().isEmpty else { throw StatusError("invalid \(type) name or ID: value is empty") }
    }

    private static func container(_ context: Context) -> InspectSource {
        let style = RowStyle(context, truncates: false)
        return InspectSource(type: "container", supportsSize: true) { name, showsSize in
            try requireName(name, of: "container")
            do {
                return try ContainerObject(name, showsSize: showsSize, style: style, ContainerHost(context)).inspected
            } catch let error as ContainerError where error.isMissingContainer {
                throw NoSuchObject(error.message)
            }
        }
    }

    private static func network(_ context: Context) -> InspectSource {
        InspectSource(type: "network") { name, _ in
            try requireName(name, of: "network")
            return try NetworkObject(
                BuiltInNetwork.find(name), ContainerHost(context).engine, style: RowStyle(context, truncates: false)
            ).inspected
        }
    }

    private static func volume(_ context: Context) -> InspectSource {
        InspectSource(type: "volume") { name, _ in
            try requireName(name, of: "volume")
            do {
                return VolumeObject(
                    try ContainerHost(context).engine.volume(name), style: RowStyle(context, truncates: false)
                ).inspected
            } catch let error as ContainerError where error.isMissingContainer {
                throw NoSuchObject(error.message)
            }
        }
    }

    private static func image(in store: ImageStore, _ context: Context) -> InspectSource {
        let style = RowStyle(context, truncates: false)
        return InspectSource(type: "image") { name, _ in
            try ImageObject.find(name, with: InspectImage(store), style: style)
        }
    }
}
