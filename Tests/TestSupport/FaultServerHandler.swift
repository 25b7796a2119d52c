// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One connection of a `FaultServer`. Writes the bytes of answers itself: an HTTP encoder wouldn't let it lie.
final class FaultServerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private static let chunk = 64 << 10

    private let log: RequestLog
    private let handler: FaultServer.Handler
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// Of the answer under way.
    private var path = ""

    init(log: RequestLog, handler: @escaping FaultServer.Handler) {
        self.log = log
        self.handler = handler
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer):
            body.append(contentsOf: buffer.readableBytesView)
        case .end:
            guard let head else { return }
            self.head = nil
            let request = ServerRequest(
                method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) },
                body: body, hasClientCertificate: hasClientCertificate(context))
            log.requests.withLock { $0.append(request) }
            path = request.path
            write(handler(request), isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, context)
        }
    }

    private func hasClientCertificate(_ context: ChannelHandlerContext) -> Bool {
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
        return handler?.peerCertificate != nil
    }

    private func write(
        _ answer: ServerAnswer, isHead: Bool, keepAlive: Bool, _ context: ChannelHandlerContext
    ) {
        context.write(wrapOutboundOut(ByteBuffer(string: head(answer, keepAlive))), promise: nil)
        guard !isHead else { return finish(keepAlive, context) }
        guard case .bytes(let bytes) = answer.body else {
            context.flush()
            return writeEndlessly(isChunked: isChunked(answer), context)
        }
        if let rate = answer.rate { return write(bytes, from: 0, rate: rate, answer, keepAlive, context) }
        let stop: Int
        switch answer.ending {
        case .complete: stop = bytes.count
        case .reset(let after), .close(let after), .stall(let after): stop = min(after, bytes.count)
        }
        let isWhole = if case .complete = answer.ending { true } else { false }
        log.count(stop, to: path)
        context.write(wrapOutboundOut(framed(bytes[..<stop], isChunked(answer), isWhole)), promise: nil)
        end(answer, keepAlive, context)
    }

    /// Sends a piece a tick.
    private func write(
        _ bytes: [UInt8], from start: Int, rate: Int, _ answer: ServerAnswer, _ keepAlive: Bool,
        _ context: ChannelHandlerContext
    ) {
        guard start < bytes.count, context.channel.isActive else { return end(answer, keepAlive, context) }
        let stop = min(bytes.count, start + max(1, rate / 500))
        log.count(stop - start, to: path)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes[start..<stop])), promise: nil)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(2)) {
            let (handler, context) = bound.value
            handler.write(bytes, from: stop, rate: rate, answer, keepAlive, context)
        }
    }

    private func end(_ answer: ServerAnswer, _ keepAlive: Bool, _ context: ChannelHandlerContext) {
        switch answer.ending {
        case .complete:
            let endsWithConnection = if case .untilClose = answer.framing { true } else { false }
            finish(keepAlive && !endsWithConnection, context)
        case .stall: context.flush()
        case .close: finish(false, context)
        case .reset:
            // Lingering for no time at all makes the kernel send RST; only after what was written has gone out.
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
                let channel = bound.value.channel as? any SocketOptionProvider
                channel?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
                    bound.value.close(promise: nil)
                }
            }
        }
    }

    private func finish(_ keepAlive: Bool, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            if !keepAlive { bound.value.close(promise: nil) }
        }
    }

    private func isChunked(_ answer: ServerAnswer) -> Bool {
        if case .chunked = answer.framing { true } else { false }
    }

    private func head(_ answer: ServerAnswer, _ keepAlive: Bool) -> String {
        let status = HTTPResponseStatus(statusCode: answer.status)
        var lines = ["HTTP/1.1 \(answer.status) \(status.reasonPhrase)"]
        lines += answer.headers.map { "\($0.name): \($0.value)" }
        switch (answer.framing, answer.body) {
        case (.contentLength, .bytes(let bytes)):
            // A HEAD's answer may name the length of what GET would send.
            if !answer.headers.contains(where: { $0.name.lowercased() == "content-length" }) {
                lines.append("Content-Length: \(bytes.count)")
            }
        case (.claimedLength(let length), _): lines.append("Content-Length: \(length)")
        case (.chunked, _): lines.append("Transfer-Encoding: chunked")
        case (.untilClose, _), (.contentLength, .endless): lines.append("Connection: close")
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    private func framed(_ bytes: ArraySlice<UInt8>, _ isChunked: Bool, _ isWhole: Bool) -> ByteBuffer {
        guard isChunked else { return ByteBuffer(bytes: bytes) }
        var buffer = ByteBuffer()
        if !bytes.isEmpty {
            buffer.writeString(String(bytes.count, radix: 16) + "\r\n")
            buffer.writeBytes(bytes)
            buffer.writeString("\r\n")
        }
        if isWhole { buffer.writeString("0\r\n\r\n") }
        return buffer
    }

    private func writeEndlessly(isChunked: Bool, _ context: ChannelHandlerContext) {
        let zeros = [UInt8](repeating: 0, count: Self.chunk)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(framed(zeros[...], isChunked, false))).whenSuccess {
            let (handler, context) = bound.value
            handler.writeEndlessly(isChunked: isChunked, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
