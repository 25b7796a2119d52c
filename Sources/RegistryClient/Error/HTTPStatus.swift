// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// Status codes as texts.
enum HTTPStatus {
    /// `503 Service Unavailable`
    static func text(_ status: Int) -> String {
        "\(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)"
    }
}
