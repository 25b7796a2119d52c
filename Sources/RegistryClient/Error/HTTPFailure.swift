// SPDX-License-Identifier: Apache-2.0

/// A server that is no registry refused to give a file.
public struct HTTPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let url: HTTPURL
    public let status: Int
    let body: [UInt8]

    /// docker's text.
    public var description: String {
        let space: (UInt8) -> Bool = { $0 == 0x20 || 0x09...0x0d ~= $0 }
        let text = ErrorResponse.printable(Array(body.drop(while: space).reversed().drop(while: space).reversed()))
        return "failed to GET \(url) with status \(HTTPStatus.text(status)): \(text)"
    }
}
