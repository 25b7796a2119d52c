// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Glibc

/// How a container ended.
struct ContainerEnding: Equatable {
    let exitCode: Int32
    let time: Timestamp

    /// The monitor died first, or the machine went down: docker's engine says 255 then.
    static var unknown: ContainerEnding { ContainerEnding(exitCode: 255, time: .now()) }

    init(exitCode: Int32, time: Timestamp) {
        self.exitCode = exitCode
        self.time = time
    }

    /// What the monitor left; `nil` when it hasn't, or not completely.
    init?(exitFileIn directory: ContainerDirectory, id: ContainerID) {
        let path = "\(directory.exits)/\(id.hex)"
        guard let text = try? Files.readText(path, limit: 32), let code = Int32(text.filter { !$0.isWhitespace }),
            let status = Files.status(path)
        else { return nil }
        exitCode = code
        time = Timestamp(unixSeconds: Int64(status.st_mtim.tv_sec), nanosecond: Int32(status.st_mtim.tv_nsec))
    }
}
