// SPDX-License-Identifier: Apache-2.0
import Engine

/// Turns progress events into the bytes to print; pure, so that it is tested without a terminal or a clock.
protocol ProgressDisplay {
    /// The bytes that show `event` on a screen of `size`.
    mutating func render(_ event: ProgressEvent, on size: ScreenSize) -> String

    /// The bytes that leave the screen in order when the operation ends or fails.
    mutating func finish(on size: ScreenSize) -> String
}

/// Columns and rows of the terminal at the moment of drawing.
struct ScreenSize: Equatable {
    /// Docker assumes 200 columns where it cannot ask the terminal (docker-compatible progress, jsonmessage.go).
    static let unknown = ScreenSize(columns: 200, rows: 0)

    let columns: Int
    /// 0 when unknown: the screen is then taken to be high enough.
    let rows: Int
}
