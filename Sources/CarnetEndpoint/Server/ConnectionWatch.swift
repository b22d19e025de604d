import CMicrohttpd
import CarnetJournal
import Dispatch
import Glibc
import Synchronization

/// Ends connections that are never silent for long and still come to no end: a request whose headers arrive a byte at a
/// time, a response that is taken so. Silence itself is libmicrohttpd's to bound.
final class ConnectionWatch: Sendable {
  /// Milliseconds of the clock that never goes back at which a connection is ended, by its file. One whose request is being
  /// answered is not here.
  private let ends = Mutex<[Int32: UInt64]>([:])
  private let queue = DispatchQueue(label: "connections")

  init() { sweepLater() }

  /// Gives a connection so many seconds for what it does next.
  func allow(_ seconds: UInt64, _ file: Int32) {
    let end = monotonicMilliseconds() + seconds * 1_000
    ends.withLock { $0[file] = end }
  }

  /// The connection's request has arrived, or it is closed: its file may be another connection's next.
  func forget(_ file: Int32) {
    _ = ends.withLock { $0.removeValue(forKey: file) }
  }

  private func sweepLater() {
    queue.asyncAfter(deadline: .now() + 1) { [weak self] in
      guard let self else { return }
      sweep()
      sweepLater()
    }
  }

  /// Under the lock, which a connection takes before its file is closed, so that no other one's is shut down.
  private func sweep() {
    let now = monotonicMilliseconds()
    ends.withLock { ends in
      for (file, end) in ends where end <= now {
        shutdown(file, Int32(SHUT_RDWR))
        ends[file] = nil
      }
    }
  }
}

/// A connection was taken in, or is about to be closed (`MHD_OPTION_NOTIFY_CONNECTION`).
let connectionChanged: MHD_NotifyConnectionCallback = { context, connection, _, change in
  guard let context = unsafe context, let connection = unsafe connection else { return }
  let server = unsafe Unmanaged<Server>.fromOpaque(context).takeUnretainedValue()
  let file = unsafe carnet_MHD_connection_file(connection)
  switch change {
  case .CONNECTION_NOTIFY_STARTED: server.watch.allow(server.headerSeconds, file)
  case .CONNECTION_NOTIFY_CLOSED: server.watch.forget(file)
  default: break
  }
}
