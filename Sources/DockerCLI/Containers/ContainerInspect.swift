// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// `docker container inspect`.
    static var containerInspect: Command {
        Command(
            "inspect", usage: "[OPTIONS] CONTAINER [CONTAINER...]",
            "Display detailed information on one or more containers", arguments: .atLeast(1)
        ) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            let size = flags.bool("size", short: "s", "Display total file sizes")
            return .local { parsed, context in
                let host = try ContainerHost(context)
                let style = RowStyle(context, truncates: false)
                return try host.context.inspect(parsed.arguments, format: parsed[format]) {
                    try ContainerObject($0, showsSize: parsed[size], style: style, host).inspected
                }
            }
        }
    }
}
