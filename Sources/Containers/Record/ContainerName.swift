// SPDX-License-Identifier: Apache-2.0

/// Docker's rules for container names, and names for containers that were given none.
public enum ContainerName {
    /// Throws docker's text when `name` does not match `[a-zA-Z0-9][a-zA-Z0-9_.-]+`.
    /// - Parameter shown: the name in that text, where it isn't the name itself.
    public static func check(_ name: String, shown: String? = nil) throws(ContainerError) {
        let bytes = name.utf8
        guard let first = bytes.first, isAlphanumeric(first), bytes.count >= 2, bytes.allSatisfy(isNameByte) else {
            throw .invalid(
                "Invalid container name (\(shown ?? name)), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
            )
        }
    }

    /// A random name in docker's shape, `adjective_surname`; the words are our own.
    static func random(using generator: inout some RandomNumberGenerator) -> String {
        let adjective = adjectives[Int.random(in: 0..<adjectives.count, using: &generator)]
        let surname = surnames[Int.random(in: 0..<surnames.count, using: &generator)]
        return "\(adjective)_\(surname)"
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static let adjectives = [
        "able", "agile", "airy", "alert", "amber", "ample", "apt", "ardent", "astute", "aware", "balmy", "bold",
        "breezy", "bright", "brisk", "calm", "candid", "careful", "cheery", "civil", "clear", "clever", "comfy",
        "cordial", "cosy", "crisp", "curious", "dapper", "daring", "deft", "direct", "earnest", "easy", "elated",
        "exact", "fair", "fearless", "fleet", "fluent", "fond", "frank", "fresh", "gentle", "glad", "golden",
        "grand", "handy", "hardy", "honest", "humble", "ideal", "keen", "kind", "lively", "loyal", "lucid", "mellow",
        "merry", "mild", "modest", "neat", "nimble", "noble", "novel", "open", "patient", "placid", "polite",
        "prompt", "proud", "quick", "quiet", "rapid", "ready", "robust", "rustic", "sage", "serene", "sharp",
        "silver", "smart", "snug", "solid", "spry", "steady", "stout", "subtle", "sunny", "sure", "swift", "tidy",
        "trusty", "upbeat", "vivid", "warm", "wise", "witty", "zesty",
    ]

    private static let surnames = [
        "abel", "alvarez", "ampere", "anning", "apgar", "arber", "bacon", "banneker", "bernoulli", "bessel", "bohr",
        "boltzmann", "boole", "bose", "brahe", "bragg", "burnell", "cannon", "cantor", "carnot", "cauchy",
        "cavendish", "celsius", "chandra", "chatelet", "clausius", "copernicus", "coulomb", "cray", "crick", "dalton",
        "darwin", "davy", "descartes", "dijkstra", "dirac", "doppler", "edison", "einstein", "eratosthenes", "erdos",
        "euclid", "euler", "faraday", "fermat", "fermi", "feynman", "fourier", "franklin", "galileo", "galois",
        "gauss", "germain", "gibbs", "goodall", "halley", "hamilton", "harvey", "heaviside", "heisenberg", "herschel",
        "hertz", "hilbert", "hooke", "hopper", "hubble", "huygens", "hypatia", "jacobi", "joule", "kelvin", "kepler",
        "knuth", "lagrange", "laplace", "leavitt", "leibniz", "linnaeus", "lovelace", "maxwell", "meitner", "mendel",
        "mirzakhani", "mitchell", "moebius", "napier", "newton", "nightingale", "noether", "oersted", "ohm", "pascal",
        "pasteur", "pauli", "perey", "planck", "poincare", "ptolemy", "ramanujan", "riemann", "rubin", "rutherford",
        "salk", "shannon", "somerville", "stokes", "tesla", "torricelli", "tsu", "turing", "vera", "volta", "watt",
        "weyl", "wu", "yalow", "yonath", "zuse",
    ]
}
