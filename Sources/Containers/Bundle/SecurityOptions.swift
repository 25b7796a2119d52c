// SPDX-License-Identifier: Apache-2.0

/// `--security-opt` in parsed form.
struct SecurityOptions: Equatable {
    enum Seccomp: Equatable {
        case standard
        case unconfined
        /// A profile in docker's JSON dialect.
        case profile(String)
    }

    var seccomp = Seccomp.standard
    var appArmor: String?
    var noNewPrivileges = false
    var unconfinedSystemPaths = false

    init(_ options: [String]) throws(ContainerError) {
        for option in options {
            let separator = option.firstIndex { $0 == "=" || $0 == ":" }
            let key = String(separator.map { option[..<$0] } ?? option[...])
            let value = separator.map { String(option[option.index(after: $0)...]) }
            try apply(key: key, value: value, option: option)
        }
    }

    private mutating func apply(key: String, value: String?, option: String) throws(ContainerError) {
        switch (key, value) {
        case ("no-new-privileges", nil), ("no-new-privileges", "true"?): noNewPrivileges = true
        case ("no-new-privileges", "false"?): noNewPrivileges = false
        case ("seccomp", "unconfined"?): seccomp = .unconfined
        case ("seccomp", "builtin"?): seccomp = .standard
        case ("seccomp", let profile?): seccomp = .profile(profile)
        case ("apparmor", let profile?): appArmor = profile
        case ("systempaths", "unconfined"?): unconfinedSystemPaths = true
        case ("label", "disable"?): break
        case ("label", _?):
            throw .invalid("--security-opt \(option): SELinux labels are not supported; only label=disable is")
        default: throw .invalid("invalid --security-opt 2: \"\(option)\"")
        }
    }
}
