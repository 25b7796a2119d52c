// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// The mapping of this process's user IDs (user_namespaces(7)).
public enum UserIDMap {
    /// Whether every ID is itself: root is the machine's, not only a user namespace's.
    public static var isIdentity: Bool {
        let file = try? OwnedFD(opening: "/proc/self/uid_map", flags: O_RDONLY).readAll(limit: 1 << 20)
        return String(decoding: file ?? [], as: UTF8.self).split(whereSeparator: \.isWhitespace)
            == ["0", "0", "4294967295"]
    }
}
