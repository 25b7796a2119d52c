// SPDX-License-Identifier: Apache-2.0
import Glibc

extension MergedDirectory {
    /// The entry a path leads to when symbolic links are followed as inside the container: absolute ones start at this
    /// directory, and `..` never leaves it.
    ///
    /// - Returns: `nil` when there is nothing, or after 40 links, as in the kernel.
    func resolve(_ path: String) -> Entry? {
        var rest = Array(PathText.components(path).reversed())
        var done: [String] = []
        var links = 0
        var result: Entry?
        while let component = rest.popLast() {
            if component == ".." {
                _ = done.popLast()
                continue
            }
            guard let entry = lookup("/" + (done + [component]).joined(separator: "/")) else { return nil }
            guard entry.status.st_mode & S_IFMT == S_IFLNK else {
                done.append(component)
                result = entry
                continue
            }
            links += 1
            guard links <= 40, let target = Self.target(of: entry.path) else { return nil }
            if target.hasPrefix("/") { done = [] }
            rest += target.split(separator: "/").map(String.init).filter { $0 != "." }.reversed()
            result = lookup("/" + done.joined(separator: "/"))
        }
        return result
    }

    static func target(of link: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { readlink(link, $0, Int(PATH_MAX)) } ?? -1 }
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
