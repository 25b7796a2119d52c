// SPDX-License-Identifier: Apache-2.0

extension Context {
    /// Asks before something is deleted; only `y` or `Y` goes on.
    /// - Throws: `StatusError.cancelled` for any other answer and at the end of input.
    func confirm(_ warning: String) throws {
        out.write("\(warning)\nAre you sure you want to continue? [y/N] ")
        guard try input.readLine()?.trimmed().lowercased() == "y" else { throw StatusError.cancelled }
    }
}
