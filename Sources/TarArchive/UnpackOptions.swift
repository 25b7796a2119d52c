// SPDX-License-Identifier: Apache-2.0

/// How a layer is laid out on disk.
public struct UnpackOptions: Sendable {
    /// What becomes of whiteouts.
    public enum Form: Sendable {
        /// A directory for an overlay mount: a deletion is a character device 0:0, an opaque directory carries an
        /// attribute, `trusted.overlay.opaque` or, for mounts with `userxattr`, `user.overlay.opaque`.
        case overlay(userXattr: Bool)
        /// One tree that the layers are merged into, bottom first: a deletion deletes what earlier layers left.
        case flat
    }

    /// What becomes of device nodes that the kernel does not let this process make.
    public enum DevicePolicy: Sendable {
        case fail
        /// Left out and counted in the summary.
        case skip
    }

    public var form: Form
    public var devices: DevicePolicy
    /// False leaves everything with the calling user, the way of rootless stores that map ids elsewhere.
    public var preservesOwnership: Bool
    public var limits: TarLimits

    public init(
        form: Form, devices: DevicePolicy = .fail, preservesOwnership: Bool = true, limits: TarLimits = TarLimits()
    ) {
        self.form = form
        self.devices = devices
        self.preservesOwnership = preservesOwnership
        self.limits = limits
    }

    var opaqueXattr: TarEntry.Xattr? {
        guard case .overlay(let userXattr) = form else { return nil }
        return OverlayXattr.opaque(user: userXattr)
    }
}
