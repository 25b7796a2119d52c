// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI
import Testing

@testable import DockerCLI

/// What the client of docker 28.2.2 prints of containers that an engine of today answers with.
struct ContainerRowTests {
    private let style = RowStyle(now: .zero, zone: .utc)

    private func text(_ format: String, _ platform: Platform?) throws -> String {
        var container = ContainerListing(id: "c", image: "x", created: .zero)
        container.platform = platform
        return String(
            decoding: try ListingFormat(format).text([ContainerRow(container: container, style: style)]), as: UTF8.self)
    }

    @Test func `a platform prints as text, and has the fields of its struct`() throws {
        let arm = Platform(os: "linux", architecture: "arm", variant: "v7", osVersion: "10.1")
        #expect(
            try text("{{.Platform}} {{printf \"%q|%.4s\" .Platform .Platform}}", arm)
                == "linux(10.1)/arm/v7 \"linux(10.1)/arm/v7\"|linu\n")
        #expect(
            try text("{{.Platform.OS}} {{.Platform.Variant}} {{.Platform.OSFeatures}} {{.Platform.String}}", arm)
                == "linux v7 [] linux(10.1)/arm/v7\n")
        #expect(
            try text("{{json .Platform}}", arm)
                == #"{"architecture":"arm","os":"linux","os.version":"10.1","variant":"v7"}"# + "\n")
        #expect(try text("{{.Platform}} {{json .Platform}} {{if .Platform}}x{{end}}", nil) == "<nil> null \n")
        #expect(
            try text("{{printf \"%s|%5s|%-8v|%q|%x|%d|%t|%#v|%T\" \(String(repeating: ".Platform ", count: 9))}}", nil)
                == "<nil>|<nil>|<nil>|<nil>|<nil>|0|%!t(*formatter.Platform=<nil>)|(*formatter.Platform)(nil)"
                + "|*formatter.Platform\n")
        let error = #expect(throws: StatusError.self) { try text("{{.Platform.OS}}", nil) }
        #expect(error?.message.hasSuffix("at <.Platform.OS>: nil pointer evaluating *formatter.Platform.OS") == true)
    }

    @Test func `a format is tried on an empty container first`() throws {
        #expect(try ContainerFormatProbe.run("{{.ID}} {{.Label \"a\"}}", style: style) == false)
        #expect(try ContainerFormatProbe.run("{{json .}}", style: style))
        #expect(try ContainerFormatProbe.run("{{if .ID}}{{.Size}}{{end}}", style: style) == false)
        let error = #expect(throws: StatusError.self) {
            try ContainerFormatProbe.run("{{slice .ID 0 3}}", style: style)
        }
        #expect(
            error?.message
                == "failed to execute template: template: :1:2: executing \"\" at <slice .ID 0 3>: error calling slice: index out of range: 3"
        )
    }
}
