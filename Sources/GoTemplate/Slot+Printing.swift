// SPDX-License-Identifier: Apache-2.0

extension Slot {
    /// What Print gets in place of the value: what a pointer points to, and `<no value>` for none.
    var printable: Slot {
        var slot = self
        if slot.kind == .pointer { slot = slot.indirected().slot }
        if slot.isInvalid { return Slot(.string("<no value>")) }
        if case .object(let object) = slot.value { return Slot(object.printedValue) }
        return slot
    }
}
