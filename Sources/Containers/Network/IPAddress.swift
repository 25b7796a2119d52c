// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Textual checks of IP addresses.
public enum IPAddress {
    /// Whether `text` is an IPv4 or IPv6 address that inet_pton(3) takes.
    public static func isValid(_ text: String) -> Bool {
        var storage = in6_addr()
        return isVersion4(text) || inet_pton(AF_INET6, text, &storage) == 1
    }

    static func isVersion4(_ text: String) -> Bool {
        var storage = in_addr()
        return inet_pton(AF_INET, text, &storage) == 1
    }
}
