// SPDX-License-Identifier: Apache-2.0

/// What a `RemovalRun` leaves when its transaction is over.
struct RemovalResult: Sendable {
    let records: [RemovalRecord]
    let layerBytes: Int64
    var debts: StoreDebts

    init(_ run: RemovalRun) {
        records = run.records
        layerBytes = run.layerBytes
        debts = run.debts
    }
}
