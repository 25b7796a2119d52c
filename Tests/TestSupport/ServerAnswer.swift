// SPDX-License-Identifier: Apache-2.0

/// What a `FaultServer` says to a request, down to how it breaks off.
public struct ServerAnswer: Sendable {
    public enum Body: Sendable {
        case bytes([UInt8])
        /// Zeros until the client has had enough.
        case endless
    }

    public enum Framing: Sendable {
        case contentLength
        /// A length that need not be true.
        case claimedLength(Int)
        case chunked
        /// HTTP/1.0: the end of the connection ends the body.
        case untilClose
    }

    /// Where the answer stops, counted in bytes of the body.
    public enum Ending: Sendable {
        case complete
        case reset(after: Int)
        case close(after: Int)
        /// Sends nothing more and keeps the connection open.
        case stall(after: Int)
    }

    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: Body
    public var framing = Framing.contentLength
    public var ending = Ending.complete
    /// Bytes a second; nil for as fast as it goes. Of whole bodies only.
    public var rate: Int?

    public init(_ status: Int, _ headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = .bytes(body)
    }

    public init(_ status: Int, _ headers: [(name: String, value: String)] = [], text: String) {
        self.init(status, headers, body: Array(text.utf8))
    }

    /// A JSON answer, as registries give errors and tokens.
    public static func json(
        _ status: Int, _ text: String, _ headers: [(name: String, value: String)] = []
    ) -> ServerAnswer {
        ServerAnswer(status, [("Content-Type", "application/json")] + headers, text: text)
    }

    /// An error of the distribution API.
    public static func error(
        _ status: Int, _ code: String, _ message: String, detail: String? = nil,
        _ headers: [(name: String, value: String)] = []
    ) -> ServerAnswer {
        let detail = detail.map { #","detail":\#($0)"# } ?? ""
        return .json(status, #"{"errors":[{"code":"\#(code)","message":"\#(message)"\#(detail)}]}"#, headers)
    }

    public func with(framing: Framing) -> ServerAnswer {
        var answer = self
        answer.framing = framing
        return answer
    }

    public func with(rate: Int) -> ServerAnswer {
        var answer = self
        answer.rate = rate
        return answer
    }

    public func with(ending: Ending) -> ServerAnswer {
        var answer = self
        answer.ending = ending
        return answer
    }

    public func with(_ name: String, _ value: String) -> ServerAnswer {
        var answer = self
        answer.headers.append((name, value))
        return answer
    }
}
