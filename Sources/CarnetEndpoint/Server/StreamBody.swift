import CMicrohttpd
import CarnetJournal
import CarnetLedger

/// An ``EventStream`` on a connection of libmicrohttpd; owned by the response, freed with it.
///
/// Safe to share: the pointer is never written, and used under the stream's lock alone, which the response's end clears.
@safe final class StreamBody: @unchecked Sendable {
  private let stream: EventStream
  private let connection: OpaquePointer

  private init(_ stream: EventStream, _ connection: OpaquePointer) {
    self.stream = stream
    unsafe self.connection = connection
  }

  /// A response whose body is the stream: `MHD_create_response_from_callback`.
  static func response(_ stream: EventStream, on connection: OpaquePointer) -> OpaquePointer? {
    let body = unsafe Unmanaged.passRetained(StreamBody(stream, connection))
    let made = unsafe MHD_create_response_from_callback(
      UInt64.max, Limits.streamBlockBytes, streamRead, body.toOpaque(), streamFreed)
    if unsafe made == nil { unsafe body.release() }
    return unsafe made
  }

  fileprivate func read(into buffer: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
    let part = stream.take(count) {
      unsafe MHD_suspend_connection(connection)
      return { [self] in unsafe MHD_resume_connection(connection) }
    }
    switch part {
    case .asleep: return 0
    // MHD_CONTENT_READER_END_OF_STREAM.
    case .end: return -1
    case .bytes(let bytes):
      for (index, byte) in bytes.enumerated() { unsafe buffer[index] = CChar(bitPattern: byte) }
      return bytes.count
    }
  }

  fileprivate func freed() { stream.detach() }
}

/// The next part of the body (`MHD_ContentReaderCallback`).
private let streamRead: MHD_ContentReaderCallback = { context, _, buffer, count in
  guard let context = unsafe context, let buffer = unsafe buffer else { return -1 }
  return unsafe Unmanaged<StreamBody>.fromOpaque(context).takeUnretainedValue().read(into: buffer, count)
}

/// The response is gone (`MHD_ContentReaderFreeCallback`).
private let streamFreed: MHD_ContentReaderFreeCallback = { context in
  guard let context = unsafe context else { return }
  unsafe Unmanaged<StreamBody>.fromOpaque(context).takeRetainedValue().freed()
}
