// SPDX-License-Identifier: Apache-2.0

extension ContainerEngine {
    /// Changes limits, and the restart policy, of a container, running or not.
    public func update(_ name: String, resources: ContainerResources, restartPolicy: RestartPolicy? = nil) throws {
        try withContainer(name) { container in
            let id = container.id.hex
            let refuse = { (reason: String) in
                ContainerError.conflict("Cannot update container \(id): \(reason)")
            }
            if let reason = container.spec.resources.conflict(with: resources) { throw refuse(reason) }
            if let restartPolicy, restartPolicy != .no, container.spec.autoRemove {
                throw refuse("Restart policy cannot be updated because AutoRemove is enabled for the container")
            }
            let merged = container.spec.resources.updated(with: resources)
            try merged.validate(processors: host.processors)
            if container.state.isActive, resources != ContainerResources() {
                let log = try store.directory(container.id).runtimeLog
                do {
                    try runtime(for: container.spec).update(container.id, resources: RuntimeResources(merged), log: log)
                } catch ContainerError.system(let message) {
                    throw refuse(message)
                }
            }
            container.spec.resources = merged
            if let restartPolicy { container.spec.restartPolicy = restartPolicy }
        }
    }
}

extension ContainerResources {
    /// What forbids to change these limits by `changes`; docker's texts.
    fileprivate func conflict(with changes: ContainerResources) -> String? {
        if changes.nanoCPUs != nil {
            if cpuPeriod != nil {
                return "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set"
            }
            if cpuQuota != nil {
                return "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set"
            }
        }
        if nanoCPUs != nil {
            if changes.cpuPeriod != nil {
                return "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set"
            }
            if changes.cpuQuota != nil {
                return "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set"
            }
        }
        if let memory = changes.memory, let swap = memorySwap, swap >= 0, memory > swap, changes.memorySwap == nil {
            return """
                Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time
                """
        }
        return nil
    }
}
