import CarnetJournal
import CarnetLedger
import Synchronization

/// The open event streams of all tills (WHATWG HTML, section 9.2: server-sent events).
final class TillStreams: Sendable {
  private struct Listener {
    let till: TillID
    let stream: EventStream
    let isEntitled: @Sendable () -> Bool
  }

  private struct Content {
    var open: [ObjectIdentifier: Listener] = [:]
    var isClosed = false
  }

  private let content = Mutex(Content())

  /// Opens a stream for a till; `nil` where there are as many as there may be, or the server is stopping.
  ///
  /// - Parameter isEntitled: asked before anything is told; whoever is not any more is told nothing, and the stream ends.
  func open(_ till: TillID, while isEntitled: @escaping @Sendable () -> Bool = { true }) -> EventStream? {
    let stream = EventStream()
    let id = ObjectIdentifier(stream)
    stream.onDetach { [self] in content.withLock { $0.open[id] = nil } }
    return content.withLock { content in
      let own = content.open.values.count { $0.till == till }
      guard !content.isClosed, own < Limits.streamsPerTillMax, content.open.count < Limits.streamsMax else {
        return nil
      }
      content.open[id] = Listener(till: till, stream: stream, isEntitled: isEntitled)
      return stream
    }
  }

  /// Who listens now, to any till.
  var count: Int { content.withLock { $0.open.count } }

  /// Tells everyone who listens to the till.
  func publish(_ event: TillEvent) {
    push(TillStreams.bytes(of: event), to: event.till)
  }

  /// A comment, so that whoever has gone is noticed and whoever waits knows that all is well.
  func beat() {
    push(TillStreams.heartbeat, to: nil)
  }

  /// Ends the streams of a till, or all of them for good.
  func end(_ till: TillID?) {
    let ending = listeners(of: till)
    if till == nil { content.withLock { $0.isClosed = true } }
    for listener in ending { listener.stream.end() }
  }

  private func push(_ bytes: [UInt8], to till: TillID?) {
    for listener in listeners(of: till) {
      if listener.isEntitled() { listener.stream.push(bytes) } else { listener.stream.end() }
    }
  }

  private func listeners(of till: TillID?) -> [Listener] {
    content.withLock { content in content.open.values.filter { till == nil || $0.till == till } }
  }

  static let heartbeat = Array(": \n\n".utf8)

  static func bytes(of event: TillEvent) -> [UInt8] {
    Array("id: \(event.sequence)\nevent: \(event.kind.rawValue)\ndata: \(event.data)\n\n".utf8)
  }
}
