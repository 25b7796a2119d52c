// SPDX-License-Identifier: Apache-2.0

extension Context {
    /// Prints the objects of `names`, then the errors of those that `find` doesn't find.
    /// - Throws: `StatusError` with code 64 when the format is no template.
    func inspect(
        _ names: [String], format: String, find: (String) throws -> InspectedObject
    ) throws -> ExitCode {
        var inspector = try Inspector(format: format, escapesControls: out.screen != nil)
        var errors: [String] = []
        for name in names {
            do { try inspector.add(find(name)) } catch { errors.append(text(of: error)) }
        }
        out.write(inspector.output())
        guard errors.isEmpty else { throw StatusError(errors.joined(separator: "\n")) }
        return .success
    }
}
