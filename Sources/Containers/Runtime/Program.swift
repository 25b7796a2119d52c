// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Finds helper programs.
enum Program {
    /// Where distributions put helpers that are not on PATH (netavark, pasta) and root's tools that a user's PATH lacks.
    private static let usualDirectories = [
        "/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/libexec/podman",
        "/usr/lib/podman", "/usr/local/libexec/podman", "/usr/local/lib/podman",
    ]

    /// The path of `name`, which may itself be a path.
    ///
    /// - Throws: `missing` with the package that has it.
    static func find(_ name: String, package: String) throws(ContainerError) -> String {
        guard let path = locate(name) else {
            throw .missing("\(name): executable file not found in $PATH; install the package \(package)")
        }
        return path
    }

    static func locate(_ name: String) -> String? {
        if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let directories = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + usualDirectories
        return directories.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
