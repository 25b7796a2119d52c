// swift-tools-version: 6.2
import PackageDescription

/// Every target compiles with the same strict settings (docs/architecture.md, "House settings").
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// Test targets: the macro expansions of swift-testing need public imports to stay implicit.
let testSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
    name: "dockerlite",
    products: [
        .library(
            name: "DockerliteKit",
            targets: [
                "OCI", "GoTemplate", "DockerFormat", "ByteStreams", "TarArchive", "ImageStore", "RegistryClient",
                "Containers", "Engine",
            ]
        ),
        .executable(name: "dockerlite", targets: ["dockerlite"]),
    ],
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // System libraries: a module map and a header each, nothing else.
        .systemLibrary(name: "CLibArchive"),
        .systemLibrary(name: "CISAL"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CZstd"),
        .systemLibrary(name: "CCrypto"),
        .systemLibrary(name: "CSQLite"),
        .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),

        .target(name: "OCI", dependencies: ["DockerFormat", "CLinux"], swiftSettings: settings),
        .target(name: "GoTemplate", swiftSettings: settings),
        .target(name: "DockerFormat", swiftSettings: settings),
        .target(
            name: "ByteStreams",
            dependencies: ["OCI", "CISAL", "CZlib", "CZstd", "CCrypto", "CLinux"],
            swiftSettings: settings,
            linkerSettings: [
                .linkedLibrary("isal"), .linkedLibrary(":libcrypto.a"), .linkedLibrary("z"),
                .linkedLibrary(":libzstd.a"),
            ]
        ),
        .target(
            name: "TarArchive",
            dependencies: ["ByteStreams", "CLinux"],
            swiftSettings: settings
        ),
        .target(
            name: "ImageStore",
            dependencies: ["OCI", "DockerFormat", "ByteStreams", "TarArchive", "CSQLite", "CLinux"],
            swiftSettings: settings,
            linkerSettings: [.linkedLibrary(":libsqlite3.a")]
        ),
        .target(
            name: "RegistryClient",
            dependencies: nio + [
                "OCI", "ByteStreams", "DockerFormat",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Containers",
            dependencies: ["OCI", "ByteStreams", "TarArchive", "ImageStore", "DockerFormat", "CLinux"],
            swiftSettings: settings
        ),
        .target(
            name: "Engine",
            dependencies: [
                "OCI", "ByteStreams", "TarArchive", "ImageStore", "RegistryClient", "Containers", "DockerFormat",
                "CLinux",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "DockerCLI",
            dependencies: [
                "OCI", "ImageStore", "RegistryClient", "Containers", "Engine", "GoTemplate", "DockerFormat",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(name: "dockerlite", dependencies: ["CLinux", "DockerCLI"], swiftSettings: settings),

        .testTarget(
            name: "EngineTests", dependencies: ["Engine", "ImageStore", "OCI", "RegistryClient", "TestSupport"],
            swiftSettings: testSettings
        ),
        // Servers and files for tests: a scriptable HTTP server, a launcher of docker-registry.
        .target(
            name: "TestSupport",
            dependencies: nio + ["OCI", "ByteStreams"],
            path: "Tests/TestSupport",
            swiftSettings: testSettings
        ),
        .testTarget(
            name: "OCITests", dependencies: ["OCI", "DockerFormat", "TestSupport"], swiftSettings: testSettings),
        .testTarget(name: "GoTemplateTests", dependencies: ["GoTemplate", "TestSupport"], swiftSettings: testSettings),
        .testTarget(name: "DockerFormatTests", dependencies: ["DockerFormat"], swiftSettings: testSettings),
        .testTarget(
            name: "ByteStreamsTests", dependencies: ["ByteStreams", "OCI", "CZlib", "CZstd"],
            swiftSettings: testSettings
        ),
        .testTarget(
            name: "TarArchiveTests",
            dependencies: ["TarArchive", "ByteStreams", "OCI", "CLibArchive", "CLinux", "TestSupport"],
            swiftSettings: testSettings,
            // The oracle that the reader is compared with; nothing that ships links it.
            linkerSettings: [.linkedLibrary(":libarchive.a")]
        ),
        .testTarget(
            name: "ImageStoreTests", dependencies: ["ImageStore", "OCI", "ByteStreams", "TarArchive", "DockerFormat"],
            swiftSettings: testSettings
        ),
        .testTarget(
            name: "ContainersTests",
            dependencies: ["Containers", "OCI", "ByteStreams", "TarArchive", "ImageStore", "DockerFormat"],
            swiftSettings: testSettings
        ),
        .testTarget(
            name: "RegistryClientTests",
            dependencies: nio + [
                "RegistryClient", "TestSupport", "OCI", "ByteStreams",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: testSettings
        ),
        .testTarget(name: "ProjectTests", swiftSettings: testSettings),
        .testTarget(
            name: "EndToEndTests", dependencies: ["TestSupport", "OCI", "ByteStreams", "ImageStore", "dockerlite"],
            swiftSettings: testSettings
        ),
        .testTarget(
            name: "DockerCLITests",
            dependencies: ["ByteStreams", "DockerCLI", "DockerFormat", "Engine", "ImageStore", "OCI", "TestSupport"],
            swiftSettings: testSettings
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["DockerCLI", "DockerFormat", "Engine", "GoTemplate", "ImageStore", "OCI", "TestSupport"],
            swiftSettings: testSettings
        ),
    ],
    swiftLanguageModes: [.v6]
)
