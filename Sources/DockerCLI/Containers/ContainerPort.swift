// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

extension Command {
    /// `docker container port`, `docker port`.
    static var containerPort: Command {
        Command(
            "port", usage: "CONTAINER [PRIVATE_PORT[/PROTO]]",
            "List port mappings or a specific mapping for the container", arguments: .range(1...2),
            paths: ["container port", "port"]
        ) { _ in
            .local { parsed, context in
                let container = try ContainerHost(context).engine.inspect(parsed.arguments[0])
                let ports = container.listedPorts.filter { $0.hostPort > 0 }
                guard parsed.arguments.count == 2 else {
                    let lines = ports.map { "\($0.containerPort)/\($0.transport) -> \($0.hostText)" }
                    for line in lines.sorted(by: NaturalOrder.precedes) { context.out.print(line) }
                    return .success
                }
                let wanted = parsed.arguments[1]
                let key = wanted.contains("/") ? wanted : wanted + "/tcp"
                let number = String(key.prefix { $0 != "/" })
                do { _ = try GoInteger.parseUnsigned(number) } catch {
                    throw StatusError("Error: invalid port (\(number)): \(error)")
                }
                let matches = ports.filter { "\($0.containerPort)/\($0.transport)" == key }
                guard !matches.isEmpty else {
                    throw StatusError("Error: No public port '\(wanted)' published for \(parsed.arguments[0])")
                }
                for host in matches.map(\.hostText).sorted(by: NaturalOrder.precedes) { context.out.print(host) }
                return .success
            }
        }
    }
}

extension PublishedPort {
    fileprivate var hostText: String { address.contains(":") ? "[\(address)]:\(hostPort)" : "\(address):\(hostPort)" }
}
