// SPDX-License-Identifier: Apache-2.0
import Engine

extension Command {
    /// `docker image inspect`.
    static var imageInspect: Command {
        Command(
            "inspect", usage: "[OPTIONS] IMAGE [IMAGE...]", "Display detailed information on one or more images",
            arguments: .atLeast(1)
        ) { flags in
            let format = flags.string("format", short: "f", FormatHelp.inspect)
            let platform = flags.string(
                "platform",
                """
                Inspect a specific platform of the multi-platform image.
                If the image or the server is not multi-platform capable, the command will error out if the platform \
                does not match.
                'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)
                """)
            return .local { parsed, context in
                let wanted = try plainPlatform(parsed[platform])
                let inspect = InspectImage(try context.openStore(), platform: wanted)
                let style = RowStyle(context, truncates: false)
                return try context.inspect(parsed.arguments, format: parsed[format]) { name in
                    try ImageObject.find(name, with: inspect, style: style)
                }
            }
        }
    }
}
