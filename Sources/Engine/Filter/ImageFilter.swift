// SPDX-License-Identifier: Apache-2.0
import DockerFormat
public import ImageStore
import OCI

/// The filters of `image ls`: `dangling`, `label`, `before`, `since`, `until` and `reference` (moby, daemon/images).
public struct ImageFilter: Sendable {
    private static let accepted: Set<String> = ["dangling", "label", "before", "since", "until", "reference"]

    let dangling: Bool?
    let labels: LabelConditions
    private let patterns: [Result<GlobPattern, FilterError>]
    /// Images made strictly between these instants pass; nil is no bound.
    private var before: Timestamp?
    private var since: Timestamp?

    /// Reads the conditions in docker's order, so that of several mistakes the same one is reported.
    /// - Throws: `FilterError`, and the store's error for an image that `before` or `since` names and that isn't there.
    public init(_ conditions: [FilterCondition], in store: ImageStore, at moment: FilterMoment) throws {
        let arguments = try FilterArguments(conditions, accepting: Self.accepted)
        dangling = try arguments.flag("dangling")
        labels = LabelConditions(arguments["label"])
        // A bad pattern is an error only where there is a reference to match.
        patterns = arguments["reference"].map(Self.pattern)
        for name in arguments["before"] { narrow(before: try store.resolve(name).creation) }
        for text in arguments["until"] { narrow(before: try FilterArguments.time(text, at: moment)) }
        for name in arguments["since"] {
            guard let time = try store.resolve(name).creation else { continue }
            since = max(since ?? time, time)
        }
    }

    private static func pattern(_ text: String) -> Result<GlobPattern, FilterError> {
        do { return .success(try GlobPattern(text)) } catch { return .failure(.invalidPattern(error)) }
    }

    /// Of several bounds the earliest counts, as all must hold.
    private mutating func narrow(before time: Timestamp?) {
        guard let time else { return }
        before = min(before ?? time, time)
    }

    /// Whether a listing has to know the labels.
    var needsLabels: Bool { !labels.isEmpty }

    /// The references under which the image is to be listed, none for a nameless image; nil when it isn't listed.
    func references(of image: ImageSummary) throws(FilterError) -> [ImageReference]? {
        guard isInRange(image), labels.isEmpty || labels.hold(for: image.labels ?? [:]) else { return nil }
        // Images that others were made from are no candidates for removal.
        if dangling == true, image.hasChildren { return nil }
        let references = try shown(image.references)
        if references.isEmpty { return dangling == false || !patterns.isEmpty ? nil : references }
        if dangling == true, references.contains(where: { !$0.isDigest }) { return nil }
        return references
    }

    private func isInRange(_ image: ImageSummary) -> Bool {
        if before == nil, since == nil { return true }
        guard let time = image.creation else { return false }
        if let before, time >= before { return false }
        if let since, time <= since { return false }
        return true
    }

    private func shown(_ references: [ImageReference]) throws(FilterError) -> [ImageReference] {
        if patterns.isEmpty { return references }
        var shown: [ImageReference] = []
        for reference in references where try isShown(reference) { shown.append(reference) }
        return shown
    }

    private func isShown(_ reference: ImageReference) throws(FilterError) -> Bool {
        let (familiar, name) = (reference.familiar, reference.familiarRepository)
        for pattern in patterns {
            let pattern = try pattern.get()
            if pattern.matches(familiar) || pattern.matches(name) { return true }
        }
        return false
    }
}
