// SPDX-License-Identifier: Apache-2.0

/// A `map[string]interface {}`, kept in the order of its keys' bytes, in which Go visits and prints it.
public struct TemplateMap: Sendable {
    public private(set) var keys: [GoString]
    public private(set) var values: [TemplateValue]

    public init() {
        keys = []
        values = []
    }

    /// Of equal keys the last one counts, as in JSON.
    public init(_ pairs: some Sequence<(GoString, TemplateValue)>) {
        self.init()
        let sorted = pairs.enumerated().sorted {
            $0.element.0 == $1.element.0 ? $0.offset < $1.offset : $0.element.0 < $1.element.0
        }
        for (_, pair) in sorted {
            if keys.last == pair.0 {
                values[values.count - 1] = pair.1
            } else {
                keys.append(pair.0)
                values.append(pair.1)
            }
        }
    }

    public init(_ dictionary: [String: TemplateValue]) {
        self.init(dictionary.map { (GoString($0.key), $0.value) })
    }

    public var count: Int { keys.count }

    public subscript(key: GoString) -> TemplateValue? {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key ? values[low] : nil
    }
}
