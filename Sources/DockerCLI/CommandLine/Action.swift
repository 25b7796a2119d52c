// SPDX-License-Identifier: Apache-2.0

/// What a command does once its arguments are parsed.
enum Action: Sendable {
    /// Plain synchronous work on the local store: no task, no event loop is ever started.
    case local(@Sendable (ParsedArguments, Context) throws -> ExitCode)
    /// Work that waits for the network; runs in one task that SIGINT and SIGTERM cancel.
    case network(@Sendable (ParsedArguments, Context) async throws -> ExitCode)
    /// A group's answer when no subcommand follows: its help on stderr.
    case group
    /// The root's: apply the global options to the context before a command is looked up.
    case globals(@Sendable (ParsedArguments, inout Context) throws -> Void)
    /// `docker help`.
    case help
}
