// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Lines of a password file; `docker-registry` takes bcrypt only, which needs Apache's `htpasswd`.
enum Htpasswd {
    static func line(user: String, password: String) throws -> String {
        String(decoding: try CommandOutput.of("htpasswd", ["-nbB", "-C", "4", user, password]), as: UTF8.self)
    }
}
