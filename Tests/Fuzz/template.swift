// SPDX-License-Identifier: Apache-2.0

/// Compiled together with the sources of GoTemplate: any text as a template, over a value of every kind.
private let options: TemplateOptions = {
    var options = TemplateOptions()
    options.limits.steps = 20_000
    options.limits.outputBytes = 1 << 16
    options.limits.valueBytes = 1 << 16
    options.limits.templateDepth = 1_000
    return options
}()

private let data: TemplateValue = [
    "A": "text é", "B": ["C": 3, "D": 1.5], "L": ["a", 1, true, ["k": "v"]], "M": ["x": .null, "y": [1, 2]],
    "T": .strings(["p", "q"]), "P": .pointer(to: .int64(.min)), "J": .jsonNumber("12.50"), "F": .float(.nan),
]

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTemplate(_ start: UnsafeRawPointer, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    var output: [UInt8] = []
    _ = try? Template(text, options: options).execute(data, into: &output)
    precondition(output.count <= 3 << 16)
    return 0
}
