// SPDX-License-Identifier: Apache-2.0

public import OCI

/// One place that serves a registry's repositories: the registry itself or a mirror.
public struct Endpoint: Sendable, Hashable {
    /// What an endpoint may be asked for.
    public struct Capabilities: OptionSet, Sendable, Hashable {
        public let rawValue: Int

        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// Content by digest.
        public static let pull = Capabilities(rawValue: 1)
        /// Tags.
        public static let resolve = Capabilities(rawValue: 2)
        public static let push = Capabilities(rawValue: 4)
        public static let all: Capabilities = [.pull, .resolve, .push]
    }

    /// Ends with `/`; the API starts at `v2/` below it.
    public let base: HTTPURL
    /// The registry it stands for, as in references: credentials of the endpoint itself are looked up under its own
    /// host, since those of a registry are none of a mirror's business.
    public let domain: String
    public let isMirror: Bool
    public let tls: TLSIdentity
    public let capabilities: Capabilities
    /// Sent as `ns=` with every request: how mirrors of many registries learn which one is meant.
    public var namespace: String?
    /// `base` is the API's root already: `v2/` isn't added to it (`override_path` of hosts.toml).
    public var isAPIRoot = false
    public var headers: [EndpointHeader] = []
    /// How long a connection may take to come about; nil is the client's limit.
    public var connectTimeout: Duration?
    public var rewrite: PathRewrite?
    /// The file that names the endpoint; nil for docker's own rules.
    public var configuredBy: String?

    public init(
        base: HTTPURL, domain: String, isMirror: Bool = false, tls: TLSIdentity = .system,
        capabilities: Capabilities = .all, namespace: String? = nil
    ) {
        self.base = base
        self.domain = domain
        self.isMirror = isMirror
        self.tls = tls
        self.capabilities = capabilities
        self.namespace = namespace
    }

    /// The API's root, which docker names when it can't reach the registry.
    var ping: HTTPURL {
        isAPIRoot ? base : base.replacing(target: base.target + "v2/")
    }

    /// - Parameter path: below `/v2/`, such as `library/alpine/manifests/latest`.
    func url(_ path: String) -> HTTPURL {
        let root = ping
        let url = root.replacing(target: root.target + (rewrite?.apply(to: path) ?? path))
        return namespace.map { url.appending(query: "ns", $0) } ?? url
    }

    /// Where the repository's content is found, for people.
    public func address(of repository: Repository) -> String {
        url(repository.path).description
    }

    func address(of descriptor: Descriptor, in repository: Repository) -> BlobAddress {
        BlobAddress(endpoint: base, path: repository.path, digest: descriptor.digest)
    }

    /// What a token for the repository is asked for here.
    func scope(_ scope: AuthScope) -> AuthScope {
        rewrite.map { AuthScope(path: $0.apply(to: scope.path), access: scope.access) } ?? scope
    }

    /// The key under which docker files this endpoint's credentials.
    public var credentialKey: String {
        isMirror ? base.authority : CredentialKey.forRegistry(domain)
    }
}
