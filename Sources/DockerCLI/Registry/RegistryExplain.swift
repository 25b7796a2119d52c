// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI
import RegistryClient

extension Command {
    /// `registry explain REFERENCE`: where an image would come from, and with whose credentials.
    static var registryExplain: Command {
        Command(
            "explain", usage: "NAME[:TAG|@DIGEST]",
            "Show the endpoints that would be tried for an image, without a request", arguments: .exactly(1)
        ) { _ in
            .network { parsed, context in
                let reference = try Reference(resolving: parsed.arguments[0])
                let endpoints = try await context.withRegistry { registry, _ in
                    try await registry.endpoints(of: reference.repository)
                }
                let credentials = CredentialExplanation(
                    // The registry's client has warned already.
                    config: context.clientConfig(warns: false), environment: context.environment)
                var text = "#\tENDPOINT\tUSED FOR\tTLS\tCREDENTIALS\tCONFIGURED BY\n"
                for (index, endpoint) in endpoints.enumerated() {
                    let cells = [
                        "\(index + 1)", endpoint.address(of: reference.repository), endpoint.uses, endpoint.security,
                        try credentials.source(of: endpoint.credentialKey), endpoint.configuredBy ?? "docker's rules",
                    ]
                    text += cells.joined(separator: "\t") + "\n"
                }
                context.out.write("\(reference.canonical)\n\n" + TabWriter(minimumWidth: 1).align(text))
                return .success
            }
        }
    }
}

extension Endpoint {
    fileprivate var uses: String {
        let names: [(Capabilities, String)] = [(.resolve, "tags"), (.pull, "content"), (.push, "push")]
        return names.filter { capabilities.contains($0.0) }.map(\.1).joined(separator: ", ")
    }

    fileprivate var security: String {
        guard base.scheme == .https else { return "no" }
        return tls.verifiesServer ? "verified" : "not verified"
    }
}
