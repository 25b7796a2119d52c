// SPDX-License-Identifier: Apache-2.0
import CLinux

extension Platform {
    /// The platform that this program runs on; on x86-64 with the level of the CPU (`v1` to `v4`), as docker asks for.
    public static var host: Platform {
        #if arch(x86_64)
            Platform(os: "linux", architecture: "amd64", variant: "v\(clinux_x86_64_level())")
        #elseif arch(arm64)
            Platform(os: "linux", architecture: "arm64", variant: "v8")
        #elseif arch(arm)
            Platform(os: "linux", architecture: "arm", variant: "v7")
        #elseif arch(i386)
            Platform(os: "linux", architecture: "386")
        #elseif arch(powerpc64le)
            Platform(os: "linux", architecture: "ppc64le")
        #elseif arch(s390x)
            Platform(os: "linux", architecture: "s390x")
        #elseif arch(riscv64)
            Platform(os: "linux", architecture: "riscv64")
        #else
            #error("Name this architecture as Go does (GOARCH)")
        #endif
    }
}
