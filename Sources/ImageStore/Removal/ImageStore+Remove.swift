// SPDX-License-Identifier: Apache-2.0

extension ImageStore {
    /// Removes a name, or an image with its layers, by docker's rules. Throws `.conflict`, `.noSuchImage`,
    /// `.referenceNotFound`; then nothing has changed.
    public func remove(_ argument: String, options: RemoveOptions = RemoveOptions()) throws -> Removal {
        try removing(options) { try $0.remove(argument) }
    }

    /// Removes many, as `remove` one after the other does, for the price of a few transactions: 1 000 images in well
    /// under a second. The results are in the order of the arguments; how many bytes of files went is in `lastSweep`.
    public func remove(
        _ arguments: [String], options: RemoveOptions = RemoveOptions()
    ) throws -> [Result<Removal, any Error>] {
        defer { renewReserve() }
        return try batch {
            var results: [Result<Removal, any Error>] = []
            // A part at a time, so that other processes can write in between.
            for start in stride(from: 0, to: arguments.count, by: 1024) {
                let part = arguments[start..<min(start + 1024, arguments.count)]
                var outcomes: [Result<Removal, any Error>] = []
                _ = try removing(options) { run in outcomes = try part.map { try run.attempt($0) } }
                results += outcomes
            }
            return results
        }
    }

    /// What removing all of these, one after the other, would do and free together. Nothing is changed.
    public func rehearseRemoval(
        of arguments: [String], options: RemoveOptions
    ) throws -> (results: [Result<Removal, any Error>], freed: FreedSpace) {
        var options = options
        options.isDryRun = true
        var results: [Result<Removal, any Error>] = []
        let removal = try removing(options) { run in results = try arguments.map { try run.attempt($0) } }
        return (results, removal.freed)
    }

    /// Runs removals in one transaction, or in one that is rolled back, and frees the files. `body` runs again, in a new
    /// transaction, when the disk was full.
    func removing(_ options: RemoveOptions, _ body: (inout RemovalRun) throws -> Void) throws -> Removal {
        try translatingErrors {
            if options.isDryRun { return try rehearseRemoval(options, body) }
            let run = try withReserve {
                try writing { catalog in
                    var run = RemovalRun(catalog: catalog, options: options)
                    try body(&run)
                    if run.debts.staleIndex { try catalog.bumpGeneration() }
                    return RemovalResult(run)
                }
            }
            let report = try withReserve { try settle(run.debts) }
            renewReserve()
            return Removal(
                records: run.records, freed: FreedSpace(layerBytes: run.layerBytes, diskBytes: report.bytes)
            )
        }
    }

    private func rehearseRemoval(
        _ options: RemoveOptions, _ body: (inout RemovalRun) throws -> Void
    ) throws -> Removal {
        let run = try rehearsing { catalog in
            var run = RemovalRun(catalog: catalog, options: options)
            try body(&run)
            var result = RemovalResult(run)
            result.debts.blobs = try result.debts.blobs.filter { try !catalog.isBlobUsed($0) }
            result.debts.trees = try result.debts.trees.filter { try !catalog.isTreeUsed($0) }
            return result
        }
        var bytes: Int64 = 0
        for blob in run.debts.blobs { bytes += try FileStatus.of(layout.blob(blob))?.size ?? 0 }
        for tree in run.debts.trees {
            var meter = TreeRemover(isRehearsal: true)
            try meter.remove(layout.layer(tree))
            bytes += meter.bytes
        }
        return Removal(records: run.records, freed: FreedSpace(layerBytes: run.layerBytes, diskBytes: bytes))
    }
}
