import CarnetJournal
import CarnetLedger
import Synchronization

/// The open event streams of all tills (WHATWG HTML, section 9.2: server-sent events).
final class TillStreams: Sendable {
  private struct Content {
    var open: [ObjectIdentifier: (till: TillID, stream: EventStream)] = [:]
    var isClosed = false
  }

  private let content = Mutex(Content())

  /// Opens a stream for a till; `nil` where there are as many as there may be, or the server is stopping.
  func open(_ till: TillID) -> EventStream? {
    let stream = EventStream()
    let id = ObjectIdentifier(stream)
    stream.onDetach { [self] in content.withLock { $0.open[id] = nil } }
    return content.withLock { content in
      let own = content.open.values.count { $0.till == till }
      guard !content.isClosed, own < Limits.streamsPerTillMax, content.open.count < Limits.streamsMax else {
        return nil
      }
      content.open[id] = (till, stream)
      return stream
    }
  }

  /// Tells everyone who listens to the till.
  func publish(_ event: TillEvent) {
    let bytes = TillStreams.bytes(of: event)
    for stream in streams(of: event.till) { stream.push(bytes) }
  }

  /// A comment, so that whoever has gone is noticed and whoever waits knows that all is well.
  func beat() {
    for stream in streams(of: nil) { stream.push(TillStreams.heartbeat) }
  }

  /// Ends the streams of a till, or all of them for good.
  func end(_ till: TillID?) {
    let ending = streams(of: till)
    if till == nil { content.withLock { $0.isClosed = true } }
    for stream in ending { stream.end() }
  }

  private func streams(of till: TillID?) -> [EventStream] {
    content.withLock { content in
      content.open.values.filter { till == nil || $0.till == till }.map(\.stream)
    }
  }

  static let heartbeat = Array(": \n\n".utf8)

  static func bytes(of event: TillEvent) -> [UInt8] {
    Array("id: \(event.sequence)\nevent: \(event.kind.rawValue)\ndata: \(event.data)\n\n".utf8)
  }
}
