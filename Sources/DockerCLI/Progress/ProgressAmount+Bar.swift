// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine

extension ProgressAmount {
    /// A terminal of more columns than this shows the bar, a narrower one only the sizes (docker, jsonmessage.go).
    private static let widestWithoutBar = 110
    private static let barWidth = 50

    /// docker's progress string: `[=====>   ]  342kB/31.47MB`, or empty when nothing is known.
    func bar(width: Int) -> String {
        guard current > 0 || total > 0 else { return "" }
        let currentText = HumanSize.decimal(current)
        guard total > 0 else { return currentText.leftPadded(to: 8) }
        let sizes =
            current > total
            ? currentText.leftPadded(to: 8) : "\(currentText.leftPadded(to: 8))/\(HumanSize.decimal(total))"
        guard width > Self.widestWithoutBar else { return sizes }
        let filled = min(Self.barWidth, Int(Double(current) / Double(total) * 100) / 2)
        let bar = String(repeating: "=", count: filled) + ">" + String(repeating: " ", count: Self.barWidth - filled)
        return "[\(bar)] \(sizes)"
    }
}

extension String {
    /// Pads ASCII text with spaces on the left, as C's `%8s`.
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - utf8.count)) + self
    }
}
