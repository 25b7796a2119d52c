// SPDX-License-Identifier: Apache-2.0

/// The format of `ps`, with docker's own `table` and `raw`.
enum ContainerFormat {
    /// - Parameter quiet: `-q`, which wins over any format.
    static func expanded(_ source: String, quiet: Bool, showsSize: Bool) -> String {
        switch source {
        case ListingFormat.raw:
            return quiet ? "container_id: {{.ID}}" : raw(showsSize: showsSize)
        case _ where quiet: return ListingFormat.quietID
        case "", ListingFormat.defaultSource:
            let size = showsSize ? "\t{{.Size}}" : ""
            return "table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}"
                + size
        default: return source
        }
    }

    static func raw(showsSize: Bool) -> String {
        """
        container_id: {{.ID}}
        image: {{.Image}}
        command: {{.Command}}
        created_at: {{.CreatedAt}}
        state: {{- pad .State 1 0}}
        status: {{- pad .Status 1 0}}
        names: {{.Names}}
        labels: {{- pad .Labels 1 0}}
        ports: {{- pad .Ports 1 0}}

        """ + (showsSize ? "size: {{.Size}}\\n" : "")
    }
}
