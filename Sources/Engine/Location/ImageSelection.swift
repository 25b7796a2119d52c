// SPDX-License-Identifier: Apache-2.0
import OCI

/// Which of the images in a layout or an archive a location means.
struct ImageSelection: Sendable {
    let location: ImageLocation

    private var wanted: String? { location.name }

    /// The items of the image that is meant, with the names it gets in the store.
    /// - Parameters:
    ///   - names: all names that an item has.
    ///   - identity: what makes two items one image under several names.
    /// - Throws: ``EngineError`` that lists what is there when that is no one image.
    func choose<Item, Identity: Hashable>(
        from items: [Item], names: (Item) -> [String], identity: (Item) -> Identity
    ) throws(EngineError) -> [Item] {
        var chosen = items
        if wanted != nil {
            chosen = items.filter { names($0).contains(where: isWanted) }
            // Nothing else could be meant, and the image gets the name that it lacks.
            if chosen.isEmpty, items.count == 1, names(items[0]).isEmpty, location.reference != nil { chosen = items }
        }
        guard Set(chosen.map(identity)).count != 1 else { return chosen }
        let known = Set(items.flatMap(names)).sorted().joined(separator: ", ")
        let there = known.isEmpty ? "its \(items.count) images have no names" : "it has \(known)"
        guard let wanted else {
            guard !items.isEmpty else { throw EngineError("\(location) has no images", phase: .stream) }
            throw EngineError(
                "\(location) has several images: name one of them after the path, with a colon between; \(there)",
                phase: .stream)
        }
        throw EngineError(
            chosen.isEmpty
                ? "\(location.place) has no image \"\(wanted)\": \(there)"
                : "\(location.place) has several images \"\(wanted)\": \(there)", phase: .stream)
    }

    /// What the store is to call the image: of its own names those that were asked for, else the name asked for.
    func names(from own: [Reference]) -> [Reference] {
        guard wanted != nil else { return own }
        let asked = own.filter { isWanted($0.canonical) }
        if !asked.isEmpty { return asked }
        return location.reference.map { [$0] } ?? own
    }

    private func isWanted(_ name: String) -> Bool {
        guard let wanted else { return true }
        if name == wanted { return true }
        guard let reference = try? Reference(normalizing: name).withDefaultTag() else { return false }
        return reference.tag == wanted || reference.canonical == location.reference?.canonical
    }
}
