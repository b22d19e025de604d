import CMicrohttpd
import CarnetJournal
import CarnetLedger
import Glibc
import Synchronization

/// One request on a socket, from its first line to its response.
///
/// Made when the target arrives, freed when libmicrohttpd says that the request has ended. Safe to share: what two
/// threads touch, the reply and whether the connection sleeps, lies in `state`.
@safe final class Inbound: @unchecked Sendable {
  private struct State {
    var reply: Reply?
    var isSuspended = false
  }

  private let server: Server
  private let target: String
  private var headers: [String: String] = [:]
  private var body: [UInt8] = []
  private var address = ""
  private var hasBegun = false
  private var isHandedOver = false
  private var isTooLarge = false
  private var isMalformed = false
  /// When the request's line arrived, in milliseconds of a clock that never goes back.
  private let began = monotonicMilliseconds()
  /// The connection to wake; written before anything can wake it.
  private var resumable: OpaquePointer?
  private let state = Mutex(State())

  init(_ server: Server, target: String) {
    (self.server, self.target) = (server, target)
  }

  /// The request is over, however it ended.
  ///
  /// - Parameter mayGoOn: whether the connection may bring another one.
  func ended(_ connection: OpaquePointer?, mayGoOn: Bool) {
    if mayGoOn, let connection = unsafe connection {
      server.watch.allow(server.headerSeconds, unsafe carnet_MHD_connection_file(connection))
    }
    if isHandedOver { server.inFlight.subtract(1, ordering: .releasing) }
  }

  /// Called by libmicrohttpd: first when the headers are there, then for each part of the body, then once more.
  func advance(
    _ connection: OpaquePointer, method: String, upload: UnsafePointer<CChar>?,
    size: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    guard hasBegun else {
      hasBegun = true
      server.watch.forget(unsafe carnet_MHD_connection_file(connection))
      unsafe resumable = connection
      address = unsafe Inbound.address(of: connection)
      unsafe readHeaders(of: connection)
      if server.isBehindProxy {
        address = ForwardedAddress.client(peer: address, header: headers["x-forwarded-for"])
      }
      // What announces itself as too large is answered before it is sent, unless it is a little too large: many programs
      // send to the end before they listen, and would hear of a broken connection instead.
      if let count = headers["content-length"].flatMap({ Int($0) }), count > Limits.bodyBytesMax {
        guard count <= Limits.bodyBytesDrained else { return unsafe refuseLarge(connection) }
        isTooLarge = true
      }
      return .YES
    }
    if unsafe size.pointee > 0 {
      // Silence is bounded by libmicrohttpd; a body that never stops coming is bounded here.
      guard monotonicMilliseconds() - began <= Limits.bodySecondsMax * 1_000 else { return .NO }
      unsafe takeIn(upload, size.pointee)
      unsafe size.pointee = 0
      return .YES
    }
    if !isHandedOver { handOver(method: method) }
    let reply = state.withLock { state -> Reply? in
      // Suspended under the lock, so that the completion cannot come between the look and the sleep.
      if state.reply == nil {
        state.isSuspended = true
        unsafe MHD_suspend_connection(connection)
      }
      return state.reply
    }
    guard let reply else { return .YES }
    return unsafe queue(reply(), on: connection)
  }

  private func handOver(method: String) {
    isHandedOver = true
    server.inFlight.add(1, ordering: .acquiring)
    var request = isMalformed ? nil : Request(method: method, target: target, headers: headers, body: body)
    request?.address = address
    guard let request, !isTooLarge else {
      let problem =
        isTooLarge
        ? Problem(413, "too-large", .problemBodyTooLarge, "\(Limits.bodyBytesMax)")
        : Problem(400, "bad-target", .problemTarget)
      let response = server.responder.response(to: problem, language: headers["accept-language"])
      return state.withLock { $0.reply = { response } }
    }
    server.responder.respond(to: request) { [self] reply in
      let isAsleep = state.withLock { state in
        state.reply = reply
        defer { state.isSuspended = false }
        return state.isSuspended
      }
      // Woken outside the lock, which it takes first of all. Asleep it stays there until it is woken.
      if isAsleep, let connection = unsafe resumable { unsafe MHD_resume_connection(connection) }
    }
  }

  private func refuseLarge(_ connection: OpaquePointer) -> MHD_Result {
    let problem = Problem(
      413, "too-large", .problemBodyTooLarge, "\(Limits.bodyBytesMax)", headers: [("Connection", "close")])
    return unsafe queue(
      server.responder.response(to: problem, language: headers["accept-language"]), on: connection)
  }

  private func takeIn(_ upload: UnsafePointer<CChar>?, _ count: Int) {
    guard let upload = unsafe upload, !isTooLarge else { return }
    guard body.count + count <= Limits.bodyBytesMax else {
      (isTooLarge, body) = (true, [])
      return
    }
    unsafe body.append(contentsOf: UnsafeRawBufferPointer(start: upload, count: count))
  }

  /// The client's IPv4 address in dotted form, empty where there is none: `MHD_get_connection_info`.
  private static func address(of connection: OpaquePointer) -> String {
    guard let generic = unsafe carnet_MHD_client_address(connection),
      unsafe generic.pointee.sa_family == sa_family_t(AF_INET)
    else { return "" }
    return unsafe generic.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
      var number = unsafe address.pointee.sin_addr
      return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET_ADDRSTRLEN)) { text in
        let written = unsafe inet_ntop(AF_INET, &number, text.baseAddress, socklen_t(text.count))
        return unsafe written.map { unsafe String(cString: $0) } ?? ""
      }
    }
  }

  private func readHeaders(of connection: OpaquePointer) {
    headers.reserveCapacity(12)
    let unmanaged = unsafe Unmanaged.passUnretained(self).toOpaque()
    _ = unsafe MHD_get_connection_values(connection, .HEADER_KIND, headerArrived, unmanaged)
  }

  fileprivate func takeHeader(_ name: String, _ value: String) {
    let name = name.lowercased()
    // RFC 9112, section 3.2: a request with two hosts is refused.
    if name == "host" && headers[name] != nil { isMalformed = true }
    guard let before = headers[name] else {
      headers[name] = value
      return
    }
    // Several of these are one list (RFC 9110, section 5.3); of all others the first counts.
    if name == "x-forwarded-for" { headers[name] = "\(before),\(value)" }
  }

  private func queue(_ response: Response, on connection: OpaquePointer) -> MHD_Result {
    if let stream = response.stream {
      guard let made = unsafe StreamBody.response(stream, on: connection) else {
        stream.detach()
        return .NO
      }
      return unsafe queue(made, response, on: connection)
    }
    var body = response.body
    let made = unsafe body.withUnsafeMutableBytes { bytes in
      unsafe MHD_create_response_from_buffer(bytes.count, bytes.baseAddress, .RESPMEM_MUST_COPY)
    }
    guard let made = unsafe made else { return .NO }
    server.watch.allow(Limits.responseSecondsMax, unsafe carnet_MHD_connection_file(connection))
    return unsafe queue(made, response, on: connection)
  }

  /// Sends a response that libmicrohttpd made, with its headers.
  private func queue(
    _ made: OpaquePointer, _ response: Response, on connection: OpaquePointer
  ) -> MHD_Result {
    defer { unsafe MHD_destroy_response(made) }
    // A text that is handed to C as it is would be copied to the heap first.
    for (name, value) in response.headers {
      _ = unsafe name.withCString { name in
        unsafe value.withCString { unsafe MHD_add_response_header(made, name, $0) }
      }
    }
    return unsafe MHD_queue_response(connection, UInt32(response.status), made)
  }
}

/// The request's line arrived: its raw target, before libmicrohttpd decodes anything (`MHD_OPTION_URI_LOG_CALLBACK`).
let targetArrived:
  @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? =
    {
      context, target, _ in
      guard let context = unsafe context, let target = unsafe target else { return nil }
      let server = unsafe Unmanaged<Server>.fromOpaque(context).takeUnretainedValue()
      // A target that is not UTF-8 becomes one that no route accepts.
      let inbound = unsafe Inbound(server, target: String(validatingCString: target) ?? "")
      return unsafe Unmanaged.passRetained(inbound).toOpaque()
    }

/// Headers, then parts of the body, then the end of the request (`MHD_AccessHandlerCallback`).
let requestArrived: MHD_AccessHandlerCallback = { _, connection, _, method, _, upload, size, context in
  guard let connection = unsafe connection, let method = unsafe method, let size = unsafe size,
    let inbound = unsafe context?.pointee
  else { return .NO }
  return unsafe Unmanaged<Inbound>.fromOpaque(inbound).takeUnretainedValue()
    .advance(connection, method: String(cString: method), upload: upload, size: size)
}

/// The response was sent, or the connection is gone (`MHD_OPTION_NOTIFY_COMPLETED`).
let requestEnded: MHD_RequestCompletedCallback = { _, connection, context, end in
  guard let inbound = unsafe context?.pointee else { return }
  unsafe context?.pointee = nil
  unsafe Unmanaged<Inbound>.fromOpaque(inbound).takeRetainedValue()
    .ended(connection, mayGoOn: end == .REQUEST_TERMINATED_COMPLETED_OK)
}

/// One header (`MHD_KeyValueIterator`).
private let headerArrived: MHD_KeyValueIterator = { context, _, name, value in
  guard let context = unsafe context, let name = unsafe name else { return .YES }
  let inbound = unsafe Unmanaged<Inbound>.fromOpaque(context).takeUnretainedValue()
  unsafe inbound.takeHeader(String(cString: name), value.map { unsafe String(cString: $0) } ?? "")
  return .YES
}
