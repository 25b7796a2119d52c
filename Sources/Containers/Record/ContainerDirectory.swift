// SPDX-License-Identifier: Apache-2.0

/// Where the files of one container lie: `containers/<id>/` in the store and `<run>/` for what a reboot may wipe.
struct ContainerDirectory {
    let path: String

    var record: String { path + "/record.json" }
    var lock: String { path + "/lock" }
    /// Held shared by processes that wait for the exit code of a container that removes itself.
    var waiters: String { path + "/waiters" }
    var bundle: String { path + "/bundle" }
    var specification: String { bundle + "/config.json" }
    /// Where the root file system is put together.
    var root: String { path + "/merged" }
    /// The writable layer.
    var upper: String { path + "/diff" }
    var work: String { path + "/work" }
    /// A lowest-priority layer of ours with the mount points that every container has.
    var initial: String { path + "/init" }
    var hosts: String { path + "/hosts" }
    var hostname: String { path + "/hostname" }
    var resolvConf: String { path + "/resolv.conf" }
    var log: String { path + "/container.log" }
    /// Where the monitor leaves the exit code, in a file named after the container.
    var exits: String { path + "/exits" }
    /// The names of the volumes made for this container alone, a line each. Whoever sweeps a container that was never
    /// finished takes them too.
    var ownVolumes: String { path + "/own-volumes" }
    var processID: String { path + "/pid" }
    var monitorID: String { path + "/monitor.pid" }
    var runtimeLog: String { path + "/runtime.log" }
    var attachSocket: String { bundle + "/attach" }
    var control: String { bundle + "/ctl" }
}
