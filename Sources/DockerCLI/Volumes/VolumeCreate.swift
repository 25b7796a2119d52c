// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// The verbs on volumes.
    static var volumeGroup: Command {
        var group = group(
            "volume", "Manage volumes", [.volumeCreate, .volumeInspect, .volumeList, .volumePrune, .volumeRemove])
        // As docker has it; its other groups leave the word out of the usage line of errors.
        group.usage = "COMMAND"
        return group
    }

    /// `docker volume create`.
    static var volumeCreate: Command {
        Command("create", usage: "[OPTIONS] [VOLUME]", "Create a volume", arguments: .atMost(1)) { flags in
            let driver = flags.string("driver", short: "d", default: "local", "Specify volume driver name")
            let labels = flags.list("label", "Set metadata for a volume", check: LabelText.checked)
            let options = flags.map("opt", short: "o", "Set driver specific options")
            let name = flags.string("name", "Specify volume name")
            flags.hide(name)
            return .local { parsed, context in
                let pairs = parsed[labels].map { NamedValue($0) ?? NamedValue($0, "") }
                let volume = try ContainerHost(context).engine.createVolume(
                    parsed.arguments.first ?? parsed.text(name), driver: parsed[driver],
                    labels: Dictionary(pairs.map { ($0.name, $0.value) }) { $1 },
                    options: Dictionary(parsed[options].map { ($0.name, $0.value) }) { $1 })
                context.out.print(volume.name)
                return .success
            }
        }
    }
}
