// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate
import Synchronization

/// What docker's client does with a format of `ps` before it asks for containers: it runs the template, as it was
/// typed, on a container without any values. So a format that fails does so without containers, too, and sizes are only
/// added up for a template that really asks for them.
final class ContainerFormatProbe: TemplateObject {
    private let empty: ContainerRow
    private let usesSize = Mutex(false)

    private init(style: RowStyle) {
        empty = ContainerRow(container: ContainerListing(id: "", image: "", created: .zero), style: style)
    }

    /// - Returns: whether the template asked for the size.
    static func run(_ source: String, style: RowStyle) throws(StatusError) -> Bool {
        let probe = ContainerFormatProbe(style: style)
        let template: Template
        do { template = try Template(source) } catch { throw StatusError("failed to parse template: \(error)") }
        var output: [UInt8] = []
        do { try template.execute(.object(probe), into: &output) } catch {
            throw StatusError("failed to execute template: \(error)")
        }
        return probe.usesSize.withLock { $0 }
    }

    var goTypeName: String { empty.goTypeName }

    var jsonValue: TemplateValue {
        usesSize.withLock { $0 = true }
        return empty.jsonValue
    }

    func member(_ name: String) -> TemplateMember? {
        if name == "Size" { usesSize.withLock { $0 = true } }
        return empty.member(name)
    }
}
