// SPDX-License-Identifier: Apache-2.0

/// Compiled together with RegistryClient's TOML reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTOML(_ start: UnsafeRawPointer, _ count: Int) -> CInt {
    _ = try? TOMLParser.parse(Array(UnsafeRawBufferPointer(start: start, count: count)))
    return 0
}
