// SPDX-License-Identifier: Apache-2.0

/// A table that keeps the order of its keys: mirrors are tried as the file lists them.
struct TOMLTable: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        let name: String
        var value: TOMLValue
    }

    private(set) var members: [Member] = []

    subscript(name: String) -> TOMLValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}
