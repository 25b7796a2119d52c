// SPDX-License-Identifier: Apache-2.0

/// What the options before the command say.
struct GlobalOptions: Sendable {
    /// `--root`: the store's directory.
    var root: String?
    /// `--config`: the directory of the client's config.json.
    var config: String?
    /// `--config-file`: the engine's settings, in the dialect of daemon.json.
    var configFile: String?
    /// `-D`: debug messages on stderr.
    var isDebug = false

    /// Declares the options on the root command. Those that choose a daemon are accepted where they change nothing here.
    static func declare(_ flags: inout FlagSet) -> Action {
        let config = flags.string("config", "Location of client config files")
        let configFile = flags.string("config-file", "Location of the engine's settings (dialect of daemon.json)")
        let debug = flags.bool("debug", short: "D", "Enable debug mode")
        let host = flags.string("host", short: "H", "Daemon socket to connect to")
        let context = flags.string("context", short: "c", "Name of the context to use to connect to the daemon")
        let level = flags.string(
            "log-level", short: "l", default: "info",
            "Set the logging level (\"debug\", \"info\", \"warn\", \"error\", \"fatal\")")
        let root = flags.string("root", "Directory of the image store")
        flags.hide(host)
        flags.hide(context)
        return .globals { parsed, context in
            context.options.root = parsed.isChanged(root) ? parsed[root] : nil
            context.options.config = parsed.isChanged(config) ? parsed[config] : nil
            context.options.configFile = parsed.isChanged(configFile) ? parsed[configFile] : nil
            context.options.isDebug = parsed[debug] || parsed[level].lowercased() == "debug"
            let levels = ["", "panic", "fatal", "error", "warn", "warning", "info", "debug", "trace"]
            guard levels.contains(parsed[level].lowercased()) else {
                throw StatusError("Unable to parse logging level: \(parsed[level])")
            }
            guard parsed[host].isEmpty else {
                throw StatusError(
                    "\(context.program) has no daemon to connect to: leave --host out, or use docker for \(parsed[host])",
                    code: .usage)
            }
        }
    }
}
