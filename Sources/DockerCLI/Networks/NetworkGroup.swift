// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// The verbs on networks, of which there are only the built-in ones.
    static var networkGroup: Command {
        .group("network", "Manage networks", [.networkInspect, .networkList, .networkPrune])
    }
}
