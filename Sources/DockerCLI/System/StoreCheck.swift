// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI
import Synchronization

/// One run of `system check`.
struct StoreCheck {
    /// Carries the result out of the network's task.
    private final class Outcome: Sendable {
        let failures = Mutex<[Digest: String]>([:])
    }

    let context: Context
    let isDeep: Bool
    let repairs: Bool
    let format: ListingFormat
    /// Templates and JSON are for programs: only the rows.
    let showsSummary: Bool

    func run() throws -> ExitCode {
        var rows: [ProblemRow] = []
        let (store, report) = try examine(&rows)
        rows += try problems(of: report, in: store)
        // The blobs of an image that could not be brought back are orphans now: a later pull may need them.
        if repairs, !rows.contains(where: { $0.kind == .lost }) { try repair(report, store, &rows) }
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
        let store = try rebuild(&rows)
        return (store, try store.check(deep: isDeep))
    }

    private func rebuild(_ rows: inout [ProblemRow]) throws -> ImageStore {
        let (store, report) = try ImageStore.rebuild(root: context.storeRoot())
        rows += report.losses.map { ProblemRow(kind: .lost, images: [$0.name], detail: $0.reason) }
        if let old = report.oldCatalog { context.err.print("The old catalog is kept as \(old)") }
        return store
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
        let (context, outcome) = (context, Outcome())
        _ = try NetworkTask.run(context) {
            let failures = try await context.withRegistry { registry, pool in
                try await RefetchBlobs(store: store, registry: registry, pool: pool).run(defects)
            }
            outcome.failures.withLock { $0 = failures }
            return .success
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
