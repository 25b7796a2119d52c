// SPDX-License-Identifier: Apache-2.0

/// A value of a TOML document, of the kinds that configurations of registries use: no floats and no dates.
indirect enum TOMLValue: Hashable, Sendable {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case array([TOMLValue])
    case table(TOMLTable)

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var boolean: Bool? {
        guard case .boolean(let flag) = self else { return nil }
        return flag
    }

    var array: [TOMLValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    var table: TOMLTable? {
        guard case .table(let table) = self else { return nil }
        return table
    }
}
