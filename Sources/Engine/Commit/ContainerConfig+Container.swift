// SPDX-License-Identifier: Apache-2.0
import Containers
import OCI

extension ContainerConfig {
    /// What a container runs, in the form of an image's config.
    init(_ container: Container) {
        let running = container.configuration
        self.init()
        user = running.user
        env = running.environment.isEmpty ? nil : running.environment
        cmd = running.command
        entrypoint = running.entrypoint
        workingDir = running.workingDirectory
        labels = running.labels.isEmpty ? nil : running.labels
        exposedPorts = running.exposedPorts.isEmpty ? nil : Set(running.exposedPorts)
        volumes = running.volumes.isEmpty ? nil : Set(running.volumes)
        stopSignal = running.stopSignal ?? ""
        guard let check = running.healthcheck else { return }
        var health = HealthConfig()
        health.test = check.test
        health.interval = check.interval
        health.timeout = check.timeout
        health.startPeriod = check.startPeriod
        health.startInterval = check.startInterval
        health.retries = numericCast(check.retries)
        healthcheck = health
    }
}
