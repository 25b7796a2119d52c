// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import Engine
import ImageStore
import OCI
import RegistryClient
import Synchronization

/// One run of `system check`.
struct StoreCheck {
    /// Carries a result out of the network's task.
    private final class Outcome<Failures: Sendable>: Sendable {
        let failures: Mutex<Failures>

        init(_ failures: Failures) {
            self.failures = Mutex(failures)
        }
    }

    let context: Context
    let isDeep: Bool
    let repairs: Bool
    let format: ListingFormat
    /// Templates and JSON are for programs: only the rows.
    let showsSummary: Bool

    func run() throws -> ExitCode {
        var rows: [ProblemRow] = []
        var (store, report) = try examine(&rows)
        if repairs, !report.lost.isEmpty {
            let failures = try restore(report.lost, in: store)
            rows += report.lost.map { ProblemRow($0, failure: failures[$0]) }
            report = try store.check(deep: isDeep)
        } else {
            rows += report.lost.map { ProblemRow($0, failure: "run 'dockerlite system check --repair'") }
        }
        rows += try problems(of: report, in: store)
        if repairs {
            try ContainerEngine(EngineOptions(root: context.storeRoot()), images: store).restoreCatalog()
            try repair(report, store, &rows)
        }
        let images = try store.images(ListOptions(includesIntermediates: true)).count
        if !rows.isEmpty || !showsSummary { context.out.write(try format.text(rows)) }
        if showsSummary { printSummary(rows, report, imageCount: images) }
        return rows.contains { $0.isDefect } ? .failure : .success
    }

    /// What is in the store. A repair replaces a catalog that is lost or damaged first.
    private func examine(_ rows: inout [ProblemRow]) throws -> (ImageStore, CheckReport) {
        do {
            let store = try context.openStore()
            let report = try store.check(deep: isDeep)
            guard repairs, !report.catalog.isEmpty else { return (store, report) }
            rows += report.catalog.map { ProblemRow(kind: .catalog, detail: $0, isRepaired: true) }
            store.close()
        } catch let error as StoreError where repairs && error.isCatalogUnusable {
            rows.append(ProblemRow(kind: .catalog, detail: "\(error)", isRepaired: true))
        }
        let (store, report) = try ImageStore.rebuild(root: context.storeRoot())
        if let old = report.oldCatalog { context.err.print("The old catalog is kept as \(old)") }
        return (store, try store.check(deep: isDeep))
    }

    /// Brings back what a catalog that was lost had, with what the registries have of it where that is needed.
    /// - Returns: why an image could not be brought back.
    private func restore(_ images: [LostImage], in store: ImageStore) throws -> [LostImage: String] {
        let losses = try store.restoreLostImages()
        var failures = Dictionary(losses.map { ($0.image, $0.reason) }, uniquingKeysWith: { first, _ in first })
        let incomplete = losses.filter { $0.missing != nil }.map(\.image)
        for image in incomplete { failures[image] = nil }
        if !incomplete.isEmpty {
            let failed = try withRegistry([:]) { registry, pool in
                try await RestoreImages(store: store, registry: registry, pool: pool).run(incomplete)
            }
            failures.merge(failed) { $1 }
        }
        // Nobody could ask for it again, so it is told once.
        for image in images where failures[image] != nil && image.isDangling { try store.giveUp(image) }
        return failures
    }

    private func problems(of report: CheckReport, in store: ImageStore) throws -> [ProblemRow] {
        var rows = try report.blobs.map { try ProblemRow($0, in: store) }
        rows += report.catalog.map { ProblemRow(kind: .catalog, detail: $0) }
        if report.wrongCounts > 0 {
            rows.append(ProblemRow(kind: .catalog, detail: "\(report.wrongCounts) layers with a wrong count of images"))
        }
        if report.isIndexStale {
            rows.append(ProblemRow(kind: .index, detail: "index.json is not what the catalog says"))
        }
        rows += report.orphans.map { ProblemRow(kind: .orphaned, digest: $0, detail: "no image needs it") }
        return rows
    }

    /// Marks the rows of what could be put right, and says why the others could not.
    private func repair(_ report: CheckReport, _ store: ImageStore, _ rows: inout [ProblemRow]) throws {
        let result = try store.repair(report)
        let failures = try refetch(result.missing, into: store)
        let remaining = try Set(report.orphans.filter { try store.hasBlob($0) })
        for index in rows.indices {
            switch rows[index].kind {
            case .damaged, .missing:
                let failure = rows[index].digest.flatMap { failures[$0] }
                rows[index].isRepaired = failure == nil
                if let failure { rows[index].detail = failure }
            case .orphaned:
                rows[index].isRepaired = rows[index].digest.map { !remaining.contains($0) } ?? true
            case .catalog, .index: rows[index].isRepaired = true
            case .lost: break
            }
        }
    }

    private func refetch(_ defects: [BlobDefect], into store: ImageStore) throws -> [Digest: String] {
        guard !defects.isEmpty else { return [:] }
        return try withRegistry([:]) { registry, pool in
            try await RefetchBlobs(store: store, registry: registry, pool: pool).run(defects)
        }
    }

    private func withRegistry<Failures: Sendable>(
        _ none: Failures, _ body: @escaping @Sendable (RegistryClient, BlockingPool) async throws -> Failures
    ) throws -> Failures {
        let (context, outcome) = (context, Outcome(none))
        try NetworkTask.finish(context) {
            let failures = try await context.withRegistry { try await body($0, $1) }
            outcome.failures.withLock { $0 = failures }
        }
        return outcome.failures.withLock { $0 }
    }

    private func printSummary(_ rows: [ProblemRow], _ report: CheckReport, imageCount: Int) {
        let read = isDeep ? ", \(HumanSize.decimal(report.hashedBytes)) read" : ""
        let checked = "Checked \(report.checkedBlobs) blobs of \(imageCount) images\(read): "
        let (wrong, repaired) = (rows.filter(\.isDefect).count, rows.filter { $0.isRepaired }.count)
        var parts = [wrong == 0 ? "no problems" : wrong == 1 ? "1 problem" : "\(wrong) problems"]
        if repaired > 0 { parts.append("\(repaired) repaired") }
        if !repairs, report.orphanBytes > 0 {
            parts.append("\(report.orphans.count) orphans of \(HumanSize.decimal(report.orphanBytes))")
        }
        context.out.print(checked + parts.joined(separator: ", "))
    }
}

extension StoreError {
    /// The catalog is lost, or is no database any more.
    fileprivate var isCatalogUnusable: Bool {
        switch self {
        case .catalogLost, .notACatalog: true
        case .database(let error): error.isCorruption
        default: false
        }
    }
}
