// SPDX-License-Identifier: Apache-2.0
import CZlib
import CZstd

/// The compression libraries that the program runs with.
public enum LinkedLibraries {
    public static var zlibVersion: String { String(cString: CZlib.zlibVersion()) }
    public static var zstdVersion: String { String(cString: ZSTD_versionString()) }
}
