// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

/// What a policy says of each image and name, before any is removed. Pure: rows in, verdicts out.
struct PruneSelection {
    struct Candidate {
        let image: ImageSummary
        let reference: ImageReference?
        /// Nil: to be removed.
        let keptBy: PruneDecision.Reason?
    }

    private let policy: PrunePolicy
    private let newest: Set<ImageReference>
    private let lastUse: (Digest) -> Timestamp

    /// `images` newest first, with labels. `lastUse` is asked only where the policy looks at it.
    init(_ images: [ImageSummary], _ policy: PrunePolicy, lastUse: @escaping (Digest) -> Timestamp) {
        self.policy = policy
        self.lastUse = lastUse
        newest = Self.newest(images, count: policy.keepPerRepository ?? 0)
        candidates = []
        for image in sorted(images) {
            let imageReason = reason(for: image)
            for name in image.references {
                candidates.append(
                    Candidate(image: image, reference: name, keptBy: imageReason ?? reason(for: name, of: image))
                )
            }
            if image.isUnreferenced {
                let reason = imageReason ?? (policy.references.isEmpty ? nil : .notSelected)
                candidates.append(Candidate(image: image, reference: nil, keptBy: reason))
            }
        }
    }

    /// In the order they are to be removed.
    private(set) var candidates: [Candidate]

    /// Oldest first (docker's order is that of a Go map, so any will do); least recently used first for a size limit.
    private func sorted(_ images: [ImageSummary]) -> [ImageSummary] {
        let oldestFirst = Array(images.reversed())
        guard policy.maximumSize != nil else { return oldestFirst }
        return oldestFirst.enumerated().map { (use: lastUse($0.element.id), offset: $0.offset, image: $0.element) }
            .sorted { ($0.use, $0.offset) < ($1.use, $1.offset) }
            .map(\.image)
    }

    private static func newest(_ images: [ImageSummary], count: Int) -> Set<ImageReference> {
        guard count > 0 else { return [] }
        var kept: [String: Int] = [:]
        var names: Set<ImageReference> = []
        for image in images {
            for name in image.references where !name.isDigest && kept[name.repository, default: 0] < count {
                kept[name.repository, default: 0] += 1
                names.insert(name)
            }
        }
        return names
    }

    private func reason(for image: ImageSummary) -> PruneDecision.Reason? {
        if image.isPinned { return .pinned }
        if image.hasChildren, image.isUnreferenced || policy.onlyDangling { return .notDangling }
        if policy.onlyDangling, image.references.contains(where: { !$0.isDigest }) { return .notDangling }
        if let limit = policy.createdBefore, image.created == nil || image.createdAt > limit { return .date }
        if let limit = policy.unusedSince, lastUse(image.id).unixSeconds >= limit { return .recentlyUsed }
        return passesLabels(image.labels ?? [:]) ? nil : .labels
    }

    private func reason(for name: ImageReference, of image: ImageSummary) -> PruneDecision.Reason? {
        if matches(name, policy.exceptions) { return .excepted }
        if !policy.references.isEmpty, !matches(name, policy.references) { return .notSelected }
        if newest.contains(name) { return .newest }
        // A digest goes with the tags of its repository, not before them.
        if name.isDigest, policy.keepPerRepository != nil,
            image.references.contains(where: { newest.contains($0) && $0.repository == name.repository })
        {
            return .newest
        }
        return nil
    }

    private func matches(_ name: ImageReference, _ patterns: [GlobPattern]) -> Bool {
        guard !patterns.isEmpty, let reference = try? name.reference else { return false }
        return patterns.contains { reference.matches($0) }
    }

    /// Docker's `label` and `label!` (moby `daemon/images/image_prune.go`, matchLabels).
    private func passesLabels(_ labels: [String: String]) -> Bool {
        func hasAll(_ wanted: [String]) -> Bool {
            wanted.allSatisfy { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard let value = labels[String(parts[0])] else { return false }
                return parts.count == 1 || value == parts[1]
            }
        }
        if !hasAll(policy.labels) { return false }
        return policy.excludedLabels.isEmpty || !hasAll(policy.excludedLabels)
    }
}
