// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A runnable image of one layer: this machine's static busybox with a few accounts.
public enum BusyboxImage {
    public static let isAvailable = access("/bin/busybox", X_OK) == 0

    /// Made once a run of the tests.
    private static let layer: Result<TestLayer, any Error> = Result {
        let directory = try TemporaryDirectory()
        let root = directory.path + "/root"
        for (name, text) in [
            "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nweb:x:101:102::/srv:/bin/sh\n",
            "etc/group": "root:x:0:\nweb:x:102:\nlog:x:103:web\n", "data/seed": "seed\n", "data/sub/deep": "deep\n",
            "srv/index.html": "hello\n",
        ] {
            try directory.write(text, to: "root/" + name)
        }
        try TestCommand.check([
            "sh", "-c",
            """
            mkdir -p "$1/bin" "$1/tmp" "$1/root" && chmod 1777 "$1/tmp" && cp /bin/busybox "$1/bin/busybox" &&
            for applet in $(/bin/busybox --list); do
                [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
            done
            """, "sh", root,
        ])
        let tar = try TestCommand.check([
            "tar", "--sort=name", "--mtime=@1700000000", "--owner=0", "--group=0", "--numeric-owner", "-c", "-C", root,
            ".",
        ])
        return try TestLayer(tar: tar, form: .plain)
    }

    /// - Parameters:
    ///   - config: members of the image's configuration as JSON text; later ones may not repeat `Env` and `Cmd`.
    ///   - layers: what lies over busybox.
    public static func image(config: [String] = [], over layers: [TestLayer] = []) throws -> TestImage {
        TestImage(
            layers: [try layer.get()] + layers, configMembers: ["\"Env\":[\"PATH=/bin\"]", "\"Cmd\":[\"sh\"]"] + config)
    }
}
