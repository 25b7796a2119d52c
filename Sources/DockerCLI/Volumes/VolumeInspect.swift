// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker volume inspect`.
    static var volumeInspect: Command {
        Command(
            "inspect", usage: "[OPTIONS] VOLUME [VOLUME...]", "Display detailed information on one or more volumes",
            arguments: .atLeast(1)
        ) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            return .local { parsed, context in
                let host = try ContainerHost(context)
                let style = RowStyle(context, truncates: false)
                return try host.context.inspect(parsed.arguments, format: parsed[format]) {
                    var object = VolumeObject(try host.engine.volume($0), style: style).inspected
                    object.isTypedOnly = true
                    return object
                }
            }
        }
    }
}
