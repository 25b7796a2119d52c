// SPDX-License-Identifier: Apache-2.0

/// Compiled together with RegistryClient's reader of WWW-Authenticate.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChallenge(_ start: UnsafeRawPointer, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    for challenge in AuthChallenge.parse([text]) { precondition(challenge.scheme.utf8.count <= text.utf8.count) }
    return 0
}
