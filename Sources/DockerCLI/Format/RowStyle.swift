// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// How the rows of one listing show IDs, times and foreign text.
struct RowStyle: Sendable {
    /// The instant that `CreatedSince` counts to.
    var now: Timestamp
    /// The zone of `CreatedAt`.
    var zone: Zone
    /// Not `--no-trunc`: IDs have 12 digits, long texts end in `…`.
    var truncates: Bool
    /// Standard output is a terminal: control characters in foreign text are escaped. A pipe gets them as they are.
    var escapesControls: Bool

    init(now: Timestamp, zone: Zone, truncates: Bool = true, escapesControls: Bool = false) {
        self.now = now
        self.zone = zone
        self.truncates = truncates
        self.escapesControls = escapesControls
    }

    init(_ context: Context, truncates: Bool) {
        self.init(
            now: context.clock(), zone: context.zone, truncates: truncates,
            escapesControls: context.out.screen != nil)
    }

    func id(_ id: String) -> String {
        truncates ? Ellipsis.shortID(id) : id
    }

    /// `text` in at most so many columns, unless nothing is to be cut.
    func short(_ text: String, columns: Int) -> String {
        truncates ? Ellipsis.shorten(text, columns: columns) : text
    }

    /// Text that somebody else wrote: labels, comments, authors, commands, paths.
    func foreign(_ text: String) -> String {
        escapesControls ? TerminalText.escaped(text) : text
    }

    /// `3 days ago`.
    func ago(_ time: Timestamp) -> String {
        HumanDuration.text(from: time, to: now) + " ago"
    }

    /// `2026-11-24 13:51:35 +0000 UTC`.
    func date(_ time: Timestamp) -> String {
        time.goString(in: zone)
    }
}
