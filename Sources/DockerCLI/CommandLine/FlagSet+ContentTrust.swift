// SPDX-License-Identifier: Apache-2.0

extension FlagSet {
    /// Declares `--disable-content-trust`. Images aren't signed here, so that asking for signatures is refused rather
    /// than passed over.
    mutating func contentTrust(_ usage: String) {
        var kind = FlagKind.bool(default: true)
        let read = kind.read
        kind.read = { text, value, isFirst in
            try read(text, &value, isFirst)
            guard value else { throw FlagError("content trust is not supported") }
        }
        _ = add("disable-content-trust", usage, as: kind)
    }
}
