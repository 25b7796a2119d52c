// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The IP address of a port specification.
enum HostAddress {
    /// Takes an empty text, an IPv4 address, or an IPv6 address in brackets or not.
    static func check(_ text: String) throws(PortError) {
        guard !text.isEmpty else { return }
        let address = text.utf8.first == UInt8(ascii: "[") ? try unbracketed(text) : text
        guard address.isEmpty || isAddress(address) else { throw .invalidAddress(address) }
    }

    private static func isAddress(_ text: String) -> Bool {
        var buffer = in6_addr()
        return inet_pton(AF_INET, text, &buffer) == 1 || inet_pton(AF_INET6, text, &buffer) == 1
    }

    /// What stands between brackets, with the texts of Go's `net.SplitHostPort` for `text:`.
    private static func unbracketed(_ text: String) throws(PortError) -> String {
        func reason(_ why: String) -> PortError {
            .invalidBrackets(text, reason: "address \(text):: \(why)")
        }
        guard let end = text.utf8.firstIndex(of: UInt8(ascii: "]")) else { throw reason("missing ']' in address") }
        let rest = text.utf8[end...].dropFirst()
        guard rest.isEmpty else {
            throw reason(rest.first == UInt8(ascii: ":") ? "too many colons in address" : "missing port in address")
        }
        let inside = text.utf8[..<end].dropFirst()
        guard !inside.contains(UInt8(ascii: "[")) else { throw reason("unexpected '[' in address") }
        return String(Substring(inside))
    }
}
