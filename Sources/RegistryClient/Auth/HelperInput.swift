// SPDX-License-Identifier: Apache-2.0

import Subprocess

/// What a credential helper reads. A helper may well answer without reading it: swift-subprocess 1.0.2 traps when the
/// write of one of its own inputs fails, so this one takes a closed pipe for the end.
struct HelperInput: InputProtocol {
    let text: String

    func write(with writer: StandardInputWriter) async {
        _ = try? await writer.write(text)
    }
}
