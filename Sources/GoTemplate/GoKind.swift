// SPDX-License-Identifier: Apache-2.0

/// The kind of a value, coarser than its type (reflect.Kind without the sizes).
enum GoKind {
    /// No value at all.
    case invalid
    case bool, int, uint, float, complex, string
    case slice, array, map, pointer, structure, function, interface
}
