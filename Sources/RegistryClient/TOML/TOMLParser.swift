// SPDX-License-Identifier: Apache-2.0

/// Reads TOML 1.0 without floats and dates. Strict: what it doesn't understand is an error with its line.
struct TOMLParser {
    /// Arrays and inline tables within each other.
    static let maximumDepth = 32

    let bytes: [UInt8]
    var index = 0
    /// Where the line under way begins or a little before, so that its number isn't counted from the top each time.
    private(set) var counted = (index: 0, line: 1)
    private var root = TOMLTable()
    /// The table that keys go to: the last header's.
    private var path: [String] = []
    /// Headers seen: a table may be opened once.
    private var headers: Set<[String]> = []

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func parse(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw TOMLError(line: 1, reason: "not UTF-8") }
        var parser = TOMLParser(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.index = 3 }
        try parser.document()
        return parser.root
    }

    private mutating func document() throws(TOMLError) {
        while true {
            counted = (index, line)
            skipBlanks()
            guard let byte = peek else { return }
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): break
            case UInt8(ascii: "["): try header()
            default: try assignment()
            }
            try endOfLine()
        }
    }

    private mutating func header() throws(TOMLError) {
        let isArray = bytes[index...].starts(with: Array("[[".utf8))
        index += isArray ? 2 : 1
        let path = try key()
        try expect(isArray ? "]]" : "]")
        if isArray {
            try append(to: path)
            headers = headers.filter { !$0.starts(with: path) }
        } else {
            guard headers.insert(path).inserted else { throw error("table \(Self.shown(path)) is defined twice") }
            try update(path[...]) { _ in }
        }
        self.path = path
    }

    private mutating func append(to path: [String]) throws(TOMLError) {
        let (name, line) = (path[path.count - 1], self.line)
        try update(path.dropLast()) { table throws(TOMLError) in
            var elements = table[name]?.array ?? []
            guard table[name] == nil || elements.last?.table != nil else {
                throw TOMLError(line: line, reason: "\(name) is no array of tables")
            }
            elements.append(.table(TOMLTable()))
            table[name] = .array(elements)
        }
    }

    private mutating func assignment() throws(TOMLError) {
        let key = try key()
        try expect("=")
        let value = try value(depth: 0)
        try set(key, value)
    }

    private mutating func set(_ key: [String], _ value: TOMLValue) throws(TOMLError) {
        let line = line
        try update(path[...] + key.dropLast()) { table throws(TOMLError) in
            try Self.insert(value, key[key.count - 1], into: &table, line)
        }
    }

    static func insert(
        _ value: TOMLValue, _ name: String, into table: inout TOMLTable, _ line: Int
    ) throws(TOMLError) {
        guard table[name] == nil else { throw TOMLError(line: line, reason: "\(name) is defined twice") }
        table[name] = value
    }

    /// Changes the table at `path`, which is made if it isn't there; an array stands for its last table.
    private mutating func update(
        _ path: ArraySlice<String>, _ change: (inout TOMLTable) throws(TOMLError) -> Void
    ) throws(TOMLError) {
        try Self.update(path, in: &root, line, change)
    }

    static func update(
        _ path: ArraySlice<String>, in table: inout TOMLTable, _ line: Int,
        _ change: (inout TOMLTable) throws(TOMLError) -> Void
    ) throws(TOMLError) {
        guard let name = path.first else { return try change(&table) }
        switch table[name] ?? .table(TOMLTable()) {
        case .table(var inner):
            try update(path.dropFirst(), in: &inner, line, change)
            table[name] = .table(inner)
        case .array(var elements):
            guard case .table(var inner)? = elements.last else { fallthrough }
            try update(path.dropFirst(), in: &inner, line, change)
            elements[elements.count - 1] = .table(inner)
            table[name] = .array(elements)
        default: throw TOMLError(line: line, reason: "\(name) is no table")
        }
    }

    private static func shown(_ path: [String]) -> String {
        path.joined(separator: ".")
    }
}
