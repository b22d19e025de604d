import CMicrohttpd
package import CarnetJournal
package import CarnetNotes
import Glibc

/// Sends messages to webhooks: one POST, one look at the answer's status, nothing followed, nothing believed.
///
/// A name is resolved once; what it gave is checked and is what is connected to. No proxy of the environment is used, so
/// that a name cannot lead anywhere else between the look and the connection.
package struct WebhookSender: Sendable {
  /// How far a target may lie.
  package enum Range: Hashable, Sendable {
    /// Hosts that anyone may reach, by https.
    case world
    /// Those, and this machine and its network, there also by http.
    case worldAndNear
    /// This machine and its network only.
    case near

    fileprivate func allows(_ reach: NetworkAddress.Reach) -> Bool {
      switch (self, reach) {
      case (_, .never): false
      case (.world, .world), (.worldAndNear, _), (.near, .near): true
      case (.world, .near), (.near, .world): false
      }
    }
  }

  /// Why there was no answer; stable names.
  package enum Fault: String, Error, Hashable, Sendable {
    case nameUnknown = "name-unknown"
    /// The address lies nearer, or farther away, than it may.
    case outOfRange = "target-forbidden"
    /// http to a host that anyone may reach.
    case insecure = "target-insecure"
    case refused = "connection-refused"
    case timedOut = "timed-out"
    /// No TLS came about: an unknown or another host's certificate, or no TLS at all.
    case tlsFailed = "tls-failed"
    /// The connection broke before the answer.
    case lost = "connection-lost"
    case badAnswer = "bad-answer"
  }

  package struct Answer: Hashable, Sendable {
    /// 200 to 599.
    package let status: Int
    /// `Retry-After` where it was in seconds.
    package let retryAfter: Int64?
  }

  private let seconds: Int64
  private let authorities: String?

  /// - Parameters:
  ///   - seconds: a whole try may take.
  ///   - authorities: a file of certificates to trust instead of the system's.
  package init(seconds: Int64? = nil, authorities: String? = nil) {
    self.seconds = seconds ?? Int64(Limits.webhookSecondsMax)
    self.authorities = authorities
  }

  /// Sends a message once and waits for the answer's head.
  package func send(
    _ message: WebhookMessage, to url: WebhookURL, within range: Range, at now: Int64,
    signedBy keys: [SecretKey]
  ) -> Result<Answer, Fault> {
    let head = WebhookSender.head(
      of: url, length: message.body.count, message.headers(at: now, signedBy: keys))
    return Result { () throws(Fault) in
      let addresses = try WebhookSender.addresses(of: url)
      for address in addresses {
        guard range.allows(address.reach) else { throw .outOfRange }
        guard url.isSecure || address.reach == .near else { throw .insecure }
      }
      return try exchange(head + message.body, url, addresses)
    }
  }

  private func exchange(
    _ request: [UInt8], _ url: WebhookURL, _ addresses: [NetworkAddress]
  ) throws(Fault) -> Answer {
    let deadline = OutgoingConnection.now + seconds * 1_000
    for (index, address) in addresses.enumerated() {
      let heard: [UInt8]
      do throws(OutgoingConnection.Fault) { heard = try once(request, url, address, deadline) } catch {
        // Only what was never connected to is tried at the next address.
        if error == .refused, index + 1 < addresses.count { continue }
        throw Fault(error)
      }
      guard let answer = WebhookSender.answer(in: heard) else { throw heard.isEmpty ? .lost : .badAnswer }
      return answer
    }
    throw .nameUnknown
  }

  /// What one address says, as far as the end of its answer's head.
  private func once(
    _ request: [UInt8], _ url: WebhookURL, _ address: NetworkAddress, _ deadline: Int64
  ) throws(OutgoingConnection.Fault) -> [UInt8] {
    var connection = try OutgoingConnection(to: address, port: url.port, deadline: deadline)
    if url.isSecure {
      guard let context = TLSContext(authorities: authorities) else { throw .insecure }
      try connection.secure(by: context, host: url.host, isName: url.address == nil)
    }
    try connection.write(request)
    var heard: [UInt8] = []
    while heard.count < Limits.webhookAnswerBytesMax, WebhookSender.answer(in: heard) == nil {
      let bytes = try connection.read(atMost: Limits.webhookAnswerBytesMax - heard.count)
      guard !bytes.isEmpty else { break }
      heard += bytes
    }
    return heard
  }

  // Names --------------------------------------------------------------------------------------------------------------

  /// The addresses of a host, in the order of the resolver: `getaddrinfo`.
  private static func addresses(of url: WebhookURL) throws(Fault) -> [NetworkAddress] {
    if let address = url.address { return [address] }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(url.host, nil, &hints, &first) == 0 else { throw .nameUnknown }
    defer { unsafe freeaddrinfo(first) }
    var found: [NetworkAddress] = []
    var next = unsafe first
    while let entry = unsafe next, found.count < Limits.webhookAddressesMax {
      if let address = unsafe address(in: entry.pointee), !found.contains(address) { found.append(address) }
      unsafe next = entry.pointee.ai_next
    }
    guard !found.isEmpty else { throw .nameUnknown }
    return found
  }

  private static func address(in entry: addrinfo) -> NetworkAddress? {
    guard let pointer = unsafe entry.ai_addr else { return nil }
    switch unsafe entry.ai_family {
    case AF_INET:
      return unsafe pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
        unsafe withUnsafeBytes(of: pointer.pointee.sin_addr) { unsafe NetworkAddress(Array($0)) }
      }
    case AF_INET6:
      return unsafe pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
        unsafe withUnsafeBytes(of: pointer.pointee.sin6_addr) { unsafe NetworkAddress(Array($0)) }
      }
    default: return nil
    }
  }

  // HTTP/1.1 (RFC 9112) ------------------------------------------------------------------------------------------------

  private static func head(
    of url: WebhookURL, length: Int, _ headers: [(name: String, value: String)]
  ) -> [UInt8] {
    let lines =
      [
        "POST \(url.target) HTTP/1.1", "Host: \(url.authority)", "User-Agent: carnet",
        "Content-Type: application/json", "Content-Length: \(length)", "Connection: close",
      ] + headers.map { "\($0.name): \($0.value)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// Status and `Retry-After` once the whole head is there; heads of 1xx are passed over.
  static func answer(in bytes: [UInt8]) -> Answer? {
    var rest = bytes[...]
    while let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
      let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
      guard let status = lines.first.flatMap({ WebhookSender.status(in: $0) }) else { return nil }
      if status >= 200 {
        return Answer(status: status, retryAfter: WebhookSender.retryAfter(in: lines.dropFirst()))
      }
      rest = rest[end.upperBound...]
    }
    return nil
  }

  private static func status(in line: Substring) -> Int? {
    guard line.hasPrefix("HTTP/1.1 ") || line.hasPrefix("HTTP/1.0 ") else { return nil }
    let digits = line.dropFirst(9).prefix { $0 != " " }
    guard digits.utf8.count == 3, let status = DecimalText.unsigned(String(digits)) else { return nil }
    return (100...599).contains(status) ? Int(status) : nil
  }

  private static func retryAfter(in lines: ArraySlice<Substring>) -> Int64? {
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "retry-after" else { continue }
      return DecimalText.unsigned(parts[1].filter { $0 != " " }).flatMap { Int64(exactly: $0) }
    }
    return nil
  }
}

extension WebhookSender.Fault {
  fileprivate init(_ fault: OutgoingConnection.Fault) {
    self =
      switch fault {
      case .refused: .refused
      case .timedOut: .timedOut
      case .insecure: .tlsFailed
      case .lost: .lost
      }
  }
}
