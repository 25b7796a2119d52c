// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import Engine
import ImageStore
import OCI

/// The conditions of `ps --filter`: of one name any may hold, of several names each must; labels must all hold.
struct ContainerFilter {
    private static let names: Set<String> = [
        "ancestor", "before", "exited", "expose", "health", "id", "is-task", "isolation", "label", "name", "network",
        "publish", "since", "status", "volume",
    ]

    private let arguments: FilterArguments

    init(_ typed: [NamedValue]) throws {
        arguments = try FilterArguments(typed.map { FilterCondition($0) }, accepting: Self.names)
        for value in arguments["status"] where ContainerState.Status(rawValue: value) == nil {
            throw Self.invalid(
                "status=\(value)",
                """
                invalid value for state (\(value)): must be one of created, running, paused, restarting, removing, \
                exited, dead
                """)
        }
        for value in arguments["health"] where !["none", "starting", "healthy", "unhealthy"].contains(value) {
            throw Self.invalid(
                "health=\(value)",
                "invalid value for health (\(value)): must be one of none, starting, healthy, unhealthy")
        }
        for value in arguments["exited"] where Int32(value) == nil {
            throw Self.invalid("exited=\(value)", "strconv.Atoi: parsing \(GoQuote.quoted(value)): invalid syntax")
        }
        for value in arguments["is-task"] where (try? GoBool.parse(value)) == nil {
            throw NoSuchObject("invalid filter 'is-task=[\(value)]'")
        }
        for name in ["publish", "expose"] {
            for value in arguments[name] { try Self.check(port: value, name) }
        }
    }

    /// `80`, `80/udp`, `8000-8010`.
    private static func check(port text: String, _ name: String) throws {
        guard !text.contains(":") else {
            throw NoSuchObject("filter for '\(name)' should not contain ':': \(text)")
        }
        let port = text.prefix { $0 != "/" }
        for end in port.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false) {
            do { _ = try GoInteger.parseUnsigned(String(end)) } catch {
                throw NoSuchObject("error while looking up for \(name) \(text): \(error)")
            }
        }
    }

    /// Containers that don't run are wanted too.
    var wantsState: Bool { arguments.contains("status") || arguments.contains("exited") }

    private static func invalid(_ condition: String, _ reason: String) -> NoSuchObject {
        NoSuchObject("invalid filter '\(condition)': \(reason)")
    }

    /// What `before` and `since` leave.
    func bounds(in containers: [Container]) throws -> TimeBounds {
        func created(_ name: String) throws -> Timestamp? {
            guard let argument = arguments[name].first else { return nil }
            let match =
                containers.first { $0.name == argument || $0.id.hex == argument }
                ?? containers.first { $0.id.hex.hasPrefix(argument) }
            guard let match else { throw ContainerError.notFound("No such container: \(argument)") }
            return match.created
        }
        return TimeBounds(before: try created("before"), since: try created("since"))
    }

    struct TimeBounds {
        let before: Timestamp?
        let since: Timestamp?

        func contains(_ container: Container) -> Bool {
            (before.map { container.created < $0 } ?? true) && (since.map { $0 < container.created } ?? true)
        }
    }

    func accepts(_ container: Container, names: inout ImageNames) -> Bool {
        arguments.any("id") { !$0.isEmpty && container.id.hex.hasPrefix($0) }
            && arguments.matches("name", container.name, "/" + container.name)
            && arguments.any("status") { $0 == container.state.status.rawValue }
            && arguments.any("exited") { container.state.status == .exited && Int32($0) == container.state.exitCode }
            && arguments.any("health") { $0 == container.state.health?.status.rawValue ?? "none" }
            && arguments.any("volume") { value in
                container.mounts.contains { $0.name == value || $0.destination == value || $0.source == value }
            }
            && arguments.any("network") { container.networkNames.contains($0) }
            && arguments.any("publish") { value in
                container.spec.publishedPorts.contains { Self.range(value, holds: $0.containerPort, $0.transport) }
            }
            && arguments.any("expose") { value in
                container.configuration.exposedPorts.contains { port in
                    let parts = port.split(separator: "/")
                    guard parts.count == 2, let number = UInt16(parts[0]) else { return false }
                    return Self.range(value, holds: number, String(parts[1]))
                }
            }
            && arguments.any("is-task") { $0 == "false" || $0 == "0" }
            && arguments.any("isolation") { $0 == "default" || $0.isEmpty }
            && arguments.hold("label", in: container.configuration.labels)
            && arguments.any("ancestor") { names.image($0)?.id.description == container.imageID }
    }

    /// Whether `80`, `80/udp` or `8000-8010/tcp` has the port, which is the container's; it need not run.
    private static func range(_ text: String, holds port: UInt16, _ transport: String) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard let range = parts.first, (parts.count == 2 ? parts[1] : "tcp") == transport else { return false }
        let ends = range.split(separator: "-", maxSplits: 1).compactMap { UInt16($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return false }
        return (first...last).contains(port)
    }
}
