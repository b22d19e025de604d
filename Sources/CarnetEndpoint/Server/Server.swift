import CMicrohttpd
import CarnetLedger
import Foundation
import Glibc
import Synchronization

/// The endpoint on a socket: HTTP/1.1 by libmicrohttpd, loopback unless told otherwise.
///
/// libmicrohttpd's threads read requests and send responses; a connection whose note waits for its commit is suspended
/// meanwhile and costs no thread.
@safe public final class Server: @unchecked Sendable {
  /// Where a server listens.
  public struct Address: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 address in dotted form.
    public let host: String
    /// 0 asks the system for a free one.
    public let port: UInt16

    /// Reads `127.0.0.1:8390`; `localhost` stands for 127.0.0.1. `nil` for anything else.
    public init?(_ text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let port = UInt16(parts[1]), !parts[1].hasPrefix("+") else { return nil }
      self.init(host: parts[0] == "localhost" ? "127.0.0.1" : String(parts[0]), port: port)
    }

    public init?(host: String, port: UInt16) {
      var address = in_addr()
      guard unsafe inet_pton(AF_INET, host, &address) == 1 else { return nil }
      (self.host, self.port) = (host, port)
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { host.hasPrefix("127.") }

    public var description: String { "\(host):\(port)" }

    fileprivate var socketAddress: sockaddr_in {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      _ = unsafe inet_pton(AF_INET, host, &address.sin_addr)
      return address
    }
  }

  /// Why a server does not start.
  public enum StartError: Error, Hashable, Sendable {
    /// The address is in use or not this machine's; the system's error number.
    case cannotListen(code: Int32)
  }

  /// Connections of one address, unless told otherwise.
  public static let connectionsPerAddressUsual = Limits.connectionsPerAddress

  let responder: any Responder
  let watch = ConnectionWatch()
  /// See ``Limits/headerSecondsMax``.
  let headerSeconds: UInt64
  /// Set once before the first request, cleared by ``stop()`` alone; libmicrohttpd may use it from any thread.
  private var daemon: OpaquePointer?
  /// Set with the daemon.
  private var listener: Listener?
  /// Requests taken in and not answered yet.
  let inFlight = Atomic<Int>(0)
  /// The address it listens on, with the port the system chose.
  public private(set) var address: Address

  private let connectionsPerAddress: UInt32
  /// Whether a proxy on this machine is believed about the address a request came from.
  let isBehindProxy: Bool

  /// Starts to listen for a ledger.
  ///
  /// - Parameters:
  ///   - isBehindProxy: whether a proxy on this machine says in `X-Forwarded-For` where a request came from. All
  ///     connections come from one address then, and it may have all there are.
  public convenience init(
    _ endpoint: Endpoint, on address: Address,
    connectionsPerAddress: UInt32 = Server.connectionsPerAddressUsual, isBehindProxy: Bool = false
  ) throws(StartError) {
    let count = isBehindProxy ? Limits.connectionsMax : connectionsPerAddress
    try self.init(answering: endpoint, on: address, count, isBehindProxy: isBehindProxy)
  }

  /// Starts to listen for a ledger, with another limit for requests that trickle.
  convenience init(
    _ endpoint: Endpoint, on address: Address, headerSeconds: UInt64
  ) throws(StartError) {
    try self.init(
      answering: endpoint, on: address, Server.connectionsPerAddressUsual, headerSeconds: headerSeconds)
  }

  /// Starts to listen for a witness.
  public convenience init(_ witness: WitnessService, on address: Address) throws(StartError) {
    try self.init(answering: witness, on: address, Server.connectionsPerAddressUsual)
  }

  private init(
    answering responder: any Responder, on address: Address, _ connectionsPerAddress: UInt32,
    isBehindProxy: Bool = false, headerSeconds: UInt64 = Limits.headerSecondsMax
  ) throws(StartError) {
    self.headerSeconds = headerSeconds
    (self.responder, self.address, self.isBehindProxy) = (responder, address, isBehindProxy)
    self.connectionsPerAddress = connectionsPerAddress
    try start()
  }

  deinit { stop() }

  /// Stops taking connections in, answers what was taken in, and closes. Waits for that a limited time.
  public func stop() {
    guard let daemon = unsafe daemon else { return }
    listener?.stop()
    responder.release()
    let tries = Limits.stopSecondsMax * 100
    for _ in 0..<tries where inFlight.load(ordering: .acquiring) > 0 { usleep(10_000) }
    // libmicrohttpd cannot be stopped while a connection sleeps; the process that gave up waiting ends soon anyway.
    guard inFlight.load(ordering: .acquiring) == 0 else {
      unsafe self.daemon = nil
      return
    }
    // The last responses are on their way out of libmicrohttpd's buffers.
    usleep(50_000)
    unsafe MHD_stop_daemon(daemon)
    unsafe self.daemon = nil
  }

  private func start() throws(StartError) {
    let listening = try listeningSocket()
    let flags =
      MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_USE_EPOLL.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
      | MHD_USE_NO_LISTEN_SOCKET.rawValue
    let unmanaged = unsafe Unmanaged.passUnretained(self).toOpaque()
    var options = unsafe [
      MHD_OptionItem(
        option: MHD_OPTION.CONNECTION_LIMIT, value: Int(Server.connectionLimit()), ptr_value: nil),
      MHD_OptionItem(
        option: MHD_OPTION.PER_IP_CONNECTION_LIMIT, value: Int(connectionsPerAddress), ptr_value: nil),
      MHD_OptionItem(
        option: MHD_OPTION.CONNECTION_TIMEOUT, value: Int(Limits.connectionSecondsMax), ptr_value: nil),
      MHD_OptionItem(
        option: MHD_OPTION.CONNECTION_MEMORY_LIMIT, value: Limits.connectionBytesMax, ptr_value: nil),
      MHD_OptionItem(option: MHD_OPTION.THREAD_POOL_SIZE, value: Server.threads, ptr_value: nil),
      MHD_OptionItem(option: MHD_OPTION.STRICT_FOR_CLIENT, value: 1, ptr_value: nil),
      MHD_OptionItem(
        option: MHD_OPTION.URI_LOG_CALLBACK, value: unsafe unsafeBitCast(targetArrived, to: Int.self),
        ptr_value: unmanaged),
      MHD_OptionItem(
        option: MHD_OPTION.NOTIFY_COMPLETED, value: unsafe unsafeBitCast(requestEnded, to: Int.self),
        ptr_value: unmanaged),
      MHD_OptionItem(
        option: MHD_OPTION.NOTIFY_CONNECTION, value: unsafe unsafeBitCast(connectionChanged, to: Int.self),
        ptr_value: unmanaged),
      MHD_OptionItem(option: MHD_OPTION.END, value: 0, ptr_value: nil),
    ]
    let daemon = unsafe options.withUnsafeMutableBufferPointer { items in
      unsafe withVaList([MHD_OPTION.ARRAY.rawValue, items.baseAddress!, MHD_OPTION.END.rawValue]) { list in
        unsafe MHD_start_daemon_va(flags, 0, nil, nil, requestArrived, unmanaged, list)
      }
    }
    guard let daemon = unsafe daemon else {
      close(listening)
      throw .cannotListen(code: errno)
    }
    unsafe self.daemon = daemon
    listener = unsafe Listener(listening, for: daemon)
  }

  /// One for each core: they verify signatures.
  private static var threads: Int {
    min(
      max(ProcessInfo.processInfo.activeProcessorCount, Limits.threads.lowerBound), Limits.threads.upperBound)
  }

  /// As many connections as the process may have files open, up to the limit; a low soft limit is raised first.
  private static func connectionLimit() -> UInt32 {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 512 }
    let wanted = rlim_t(Limits.connectionsMax + Limits.otherFiles)
    if limit.rlim_cur < wanted {
      limit.rlim_cur = min(wanted, limit.rlim_max)
      _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    let files = UInt32(clamping: limit.rlim_cur)
    return min(Limits.connectionsMax, max(64, files - min(files, Limits.otherFiles)))
  }

  /// A bound socket, so that the port the system chose is known and an error has its number.
  private func listeningSocket() throws(StartError) -> Int32 {
    let number = socket(
      AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw .cannotListen(code: errno) }
    var yes: Int32 = 1
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var bound = address.socketAddress
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = unsafe withUnsafeMutablePointer(to: &bound) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        var size = size
        guard unsafe bind(number, generic, size) == 0, listen(number, 511) == 0 else { return errno }
        return unsafe getsockname(number, generic, &size) == 0 ? 0 : errno
      }
    }
    guard code == 0, let known = Address(host: address.host, port: UInt16(bigEndian: bound.sin_port)) else {
      close(number)
      throw .cannotListen(code: code)
    }
    address = known
    return number
  }
}
