import CarnetNotes

/// One event of a stream; one without data only says where the stream is.
public struct ServerEvent: Hashable, Sendable {
  public let id: String?
  public let kind: String
  public let data: String
}

/// Cuts a stream into events (WHATWG HTML, section 9.2.6), however its bytes come.
public struct EventStreamReader: Sendable {
  private var pending: [UInt8] = []
  private var id: String?
  private var kind = ""
  private var data: [String] = []
  /// Bytes of the event that is being read.
  private var size = 0
  /// Whether an event was larger than 64 KiB: nothing is read behind it.
  public private(set) var isBroken = false

  public init() {}

  /// Takes in what came and gives the events that it completes.
  public mutating func read(_ bytes: [UInt8]) -> [ServerEvent] {
    var events: [ServerEvent] = []
    for byte in bytes where !isBroken {
      guard byte != UInt8(ascii: "\n") else {
        let line = pending.last == UInt8(ascii: "\r") ? pending.dropLast() : pending[...]
        if let event = take(line) { events.append(event) }
        pending = []
        continue
      }
      pending.append(byte)
      size += 1
      if size > Limits.eventBytesMax { (isBroken, pending, data) = (true, [], []) }
    }
    return events
  }

  private mutating func take(_ line: ArraySlice<UInt8>) -> ServerEvent? {
    guard !line.isEmpty else {
      defer { (id, kind, data, size) = (nil, "", [], 0) }
      // An id alone says where the stream is.
      guard !data.isEmpty || id != nil else { return nil }
      return ServerEvent(
        id: id, kind: kind.isEmpty ? "message" : kind, data: data.joined(separator: "\n"))
    }
    let name = line.prefix { $0 != UInt8(ascii: ":") }
    var value = line.dropFirst(name.count + 1)
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    let text = String(decoding: value, as: UTF8.self)
    switch String(decoding: name, as: UTF8.self) {
    case "id": id = text
    case "event": kind = text
    case "data": data.append(text)
    // Comments and what a later server may say.
    default: break
    }
    return nil
  }
}
