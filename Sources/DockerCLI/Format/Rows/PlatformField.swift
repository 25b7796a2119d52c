// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import OCI

/// The platform of a container's image in a row of `ps`: a struct of the OCI specification that prints as text.
struct PlatformField: TemplateObject {
    let platform: Platform

    static let goTypeName = "*formatter.Platform"
    /// The field of a container whose platform isn't known.
    static let missing: TemplateValue = {
        let specification = PlatformField(platform: Platform(os: "", architecture: "")).specification
        let embedded = GoType.Field("Platform", specification.goType ?? .interface, jsonName: nil, isEmbedded: true)
        let type = GoType.pointer(.named("formatter.Platform", .structure([embedded])))
        return .typed(TypedValue(type, .null, text: ""))
    }()

    var goTypeName: String { Self.goTypeName }

    /// `linux/arm/v7`, with the version of the system: `windows(10.0.17763)/amd64`.
    private var text: String {
        let version = platform.osVersion.map { $0.isEmpty ? "" : "(\($0))" } ?? ""
        let variant = platform.variant.map { $0.isEmpty ? "" : "/\($0)" } ?? ""
        return "\(platform.os)\(version)/\(platform.architecture)\(variant)"
    }

    var printedValue: TemplateValue { .string(text) }

    var jsonValue: TemplateValue { specification }

    func member(_ name: String) -> TemplateMember? {
        switch name {
        case "Architecture": .field(.string(platform.architecture))
        case "OS": .field(.string(platform.os))
        case "OSVersion": .field(.string(platform.osVersion ?? ""))
        case "OSFeatures": .field(.strings(platform.osFeatures))
        case "Variant": .field(.string(platform.variant ?? ""))
        case "Platform": .field(.pointer(to: specification))
        case "String": .method(.string(text))
        default: nil
        }
    }

    private var specification: TemplateValue {
        let fields: [(GoType.Field, TemplateValue)] = [
            (GoType.Field("Architecture", .string, jsonName: "architecture"), .string(platform.architecture)),
            (GoType.Field("OS", .string, jsonName: "os"), .string(platform.os)),
            (
                GoType.Field("OSVersion", .string, jsonName: "os.version", omitsEmpty: true),
                .string(platform.osVersion ?? "")
            ),
            (
                GoType.Field("OSFeatures", .slice(.string), jsonName: "os.features", omitsEmpty: true),
                .strings(platform.osFeatures)
            ),
            (GoType.Field("Variant", .string, jsonName: "variant", omitsEmpty: true), .string(platform.variant ?? "")),
        ]
        return .structure(fields, name: "v1.Platform")
    }
}
