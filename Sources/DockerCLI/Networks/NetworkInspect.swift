// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// `docker network inspect`.
    static var networkInspect: Command {
        Command(
            "inspect", usage: "[OPTIONS] NETWORK [NETWORK...]",
            "Display detailed information on one or more networks", arguments: .atLeast(1)
        ) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            _ = flags.bool("verbose", short: "v", "Verbose output for diagnostics")
            return .local { parsed, context in
                let host = try ContainerHost(context)
                let style = RowStyle(context, truncates: false)
                return try host.context.inspect(parsed.arguments, format: parsed[format]) {
                    try NetworkObject(BuiltInNetwork.find($0), host.engine, style: style).inspected
                }
            }
        }
    }
}
