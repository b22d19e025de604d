import CMicrohttpd
import CSSL
import CarnetJournal
import Glibc

/// A connection to one address, plain or TLS, that ends by a deadline whatever the other side does.
@safe struct OutgoingConnection: ~Copyable {
  /// Why nothing more comes of it.
  enum Fault: Error, Hashable, Sendable {
    case refused, timedOut, insecure, lost
  }

  private let number: Int32
  private var session: OpaquePointer?
  /// `CLOCK_MONOTONIC` in milliseconds.
  private let deadline: Int64

  /// Connects: `socket`, `connect`.
  init(to address: NetworkAddress, port: UInt16, deadline: Int64) throws(Fault) {
    self.deadline = deadline
    let family = address.bytes.count == 4 ? AF_INET : AF_INET6
    number = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | O_NONBLOCK, 0)
    guard number >= 0 else { throw .refused }
    guard OutgoingConnection.begin(number, address, port) == 0 || errno == EINPROGRESS else {
      throw .refused
    }
    try wait(for: Int16(POLLOUT))
    var (code, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
    guard unsafe getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &size) == 0, code == 0 else {
      throw .refused
    }
  }

  deinit {
    if let session = unsafe session { unsafe SSL_free(session) }
    if number >= 0 { close(number) }
  }

  /// Milliseconds that only go forward.
  static var now: Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func begin(_ number: Int32, _ address: NetworkAddress, _ port: UInt16) -> Int32 {
    if address.bytes.count == 4 {
      var target = sockaddr_in()
      target.sin_family = sa_family_t(AF_INET)
      target.sin_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &target.sin_addr) { unsafe $0.copyBytes(from: address.bytes) }
      return unsafe withUnsafePointer(to: &target) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    var target = sockaddr_in6()
    target.sin6_family = sa_family_t(AF_INET6)
    target.sin6_port = port.bigEndian
    unsafe withUnsafeMutableBytes(of: &target.sin6_addr) { unsafe $0.copyBytes(from: address.bytes) }
    return unsafe withUnsafePointer(to: &target) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(number, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
  }

  /// Sleeps until the socket is ready: `poll`.
  private func wait(for events: Int16) throws(Fault) {
    while true {
      let left = deadline - OutgoingConnection.now
      guard left > 0 else { throw .timedOut }
      var entry = pollfd(fd: number, events: events, revents: 0)
      let count = unsafe poll(&entry, 1, Int32(clamping: left))
      if count > 0 { return }
      guard count == 0 || errno == EINTR else { throw .lost }
    }
  }

  /// Begins TLS for a host whose certificate must be its own: `SSL_set1_host`, `SSL_connect`.
  ///
  /// - Parameter isName: whether the host is a name, which the server is told (RFC 6066, section 3), and not an address.
  mutating func secure(by context: TLSContext, host: String, isName: Bool) throws(Fault) {
    guard let session = unsafe SSL_new(context.handle) else { throw .insecure }
    unsafe self.session = session
    guard unsafe SSL_set1_host(session, host) == 1, unsafe SSL_set_fd(session, number) == 1 else {
      throw .insecure
    }
    if isName {
      let told = unsafe host.withCString { name in
        unsafe SSL_ctrl(
          session, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name),
          UnsafeMutableRawPointer(mutating: name))
      }
      guard told == 1 else { throw .insecure }
    }
    while true {
      ERR_clear_error()
      let code = unsafe SSL_connect(session)
      guard code != 1 else { return }
      try unsafe wait(after: code, session, otherwise: .insecure)
    }
  }

  /// Sends it all.
  func write(_ bytes: [UInt8]) throws(Fault) {
    var rest = bytes[...]
    while !rest.isEmpty {
      ERR_clear_error()
      let count = unsafe rest.withUnsafeBytes { buffer in
        if let session = unsafe session {
          Int(unsafe SSL_write(session, buffer.baseAddress, Int32(clamping: buffer.count)))
        } else {
          unsafe send(number, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        }
      }
      if count > 0 { rest = rest.dropFirst(count) } else { try wait(after: count, for: Int16(POLLOUT)) }
    }
  }

  /// The next bytes, at most as many as asked for; none at the end.
  func read(atMost count: Int) throws(Fault) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      ERR_clear_error()
      let got =
        if let session = unsafe session {
          Int(unsafe SSL_read(session, &buffer, Int32(clamping: count)))
        } else {
          unsafe recv(number, &buffer, count, 0)
        }
      if got > 0 { return Array(buffer[..<got]) }
      if let session = unsafe session {
        // Whether the end was said or only came: nothing behind it is believed either way.
        let reason = unsafe SSL_get_error(session, Int32(clamping: got))
        if reason == SSL_ERROR_ZERO_RETURN || (reason == SSL_ERROR_SYSCALL && got == 0) { return [] }
      } else if got == 0 {
        return []
      }
      try wait(after: got, for: Int16(POLLIN))
    }
  }

  private func wait(after count: Int, for events: Int16) throws(Fault) {
    if let session = unsafe session {
      return try unsafe wait(after: Int32(clamping: count), session, otherwise: .lost)
    }
    guard errno == EAGAIN || errno == EINTR else { throw .lost }
    try wait(for: events)
  }

  private func wait(after code: Int32, _ session: OpaquePointer, otherwise fault: Fault) throws(Fault) {
    switch unsafe SSL_get_error(session, code) {
    case SSL_ERROR_WANT_READ: try wait(for: Int16(POLLIN))
    case SSL_ERROR_WANT_WRITE: try wait(for: Int16(POLLOUT))
    default: throw fault
    }
  }
}
