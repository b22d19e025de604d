import CMicrohttpd
import Dispatch
import Foundation
import Glibc
import Synchronization

/// Takes connections in, on a thread of its own, and deals them out evenly to libmicrohttpd's threads.
///
/// Left to themselves those wait for the one socket together, and the one that wakes takes all that come at once: of a busy
/// server's connections one thread had every one, and verified alone while the other stood idle.
///
/// Safe to share: the daemon is used by the thread alone, which ``stop()`` waits for.
@safe final class Listener: @unchecked Sendable {
  private let socket: Int32
  private let isStopping = Mutex(false)
  private let hasEnded = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - socket: bound and listening, closed by ``stop()``.
  ///   - daemon: must outlive this.
  init(_ socket: Int32, for daemon: OpaquePointer) {
    self.socket = socket
    // The pointer is handed to the one thread that uses it.
    nonisolated(unsafe) let daemon = unsafe daemon
    let thread = Thread { [self] in
      while unsafe takeIn(for: daemon) {}
      hasEnded.signal()
    }
    thread.name = "listener"
    thread.start()
  }

  /// Takes no connection in any more; those that are there stay.
  func stop() {
    let isFirst = isStopping.withLock { isStopping in
      defer { isStopping = true }
      return !isStopping
    }
    guard isFirst else { return }
    // On Linux this wakes a thread that waits in accept.
    shutdown(socket, Int32(SHUT_RDWR))
    hasEnded.wait()
    close(socket)
  }

  /// The next connection; `false` once there are no more to come.
  private func takeIn(for daemon: OpaquePointer) -> Bool {
    var address = sockaddr_in()
    let isTaken = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connection = unsafe accept(socket, generic, &size)
        guard connection >= 0 else { return false }
        // By turns, as the socket's number says; one too many is closed.
        _ = unsafe MHD_add_connection(daemon, connection, generic, size)
        return true
      }
    }
    guard !isTaken else { return true }
    let code = errno
    guard !isStopping.withLock({ $0 }), code != EBADF, code != EINVAL else { return false }
    // Out of descriptors or memory: others end soon. All else concerns one connection that is gone.
    if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) { usleep(Limits.acceptPauseMicroseconds) }
    return true
  }
}
