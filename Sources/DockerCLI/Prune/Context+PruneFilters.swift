// SPDX-License-Identifier: Apache-2.0
import Engine
import RegistryClient

extension Context {
    /// The conditions of `--filter` with those of `pruneFilters` in config.json. What the command line says wins: a
    /// configured `label=x` is passed over when `label!=x` was typed, and the other way round (docker/cli,
    /// command.PruneFilters).
    func pruneConditions(_ typed: [NamedValue]) throws -> [FilterCondition] {
        var conditions = typed.map { FilterCondition($0) }
        for text in clientConfig().pruneFilters {
            // `label!=x` splits at its equals sign: the name is `label!`.
            guard let pair = NamedValue(text) else { continue }
            let opposite = ["label": "label!", "label!": "label"][pair.name]
            if let opposite, typed.contains(NamedValue(opposite, pair.value)) { continue }
            conditions.append(FilterCondition(pair))
        }
        return conditions
    }
}
