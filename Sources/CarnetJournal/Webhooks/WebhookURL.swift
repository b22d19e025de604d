/// Where events are sent: an `https` or `http` address in a form that has one meaning only (RFC 3986).
///
/// Programs differ in what they make of odd addresses, which is how one that looks public leads inside. So nothing odd is
/// read: no userinfo, no fragment, no backslash, no number but an IPv4 address in its usual form.
package struct WebhookURL: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is no such address.
  package enum Fault: Error, Hashable, Sendable, CaseIterable {
    case malformed
    case tooLong
    case scheme
    case userinfo
    case fragment
    case port
    /// An address that nothing is sent to: multicast, link-local, reserved.
    case address

    /// The machine name, never changed once released.
    package var code: String {
      switch self {
      case .malformed: "url-malformed"
      case .tooLong: "url-too-long"
      case .scheme: "url-scheme"
      case .userinfo: "url-userinfo"
      case .fragment: "url-fragment"
      case .port: "url-port"
      case .address: "url-address"
      }
    }
  }

  package let description: String
  package let isSecure: Bool
  /// Lower case; an IPv6 address without its brackets.
  package let host: String
  package let port: UInt16
  /// Path and query, `/` at least.
  package let target: String
  /// The host where it is no name.
  package let address: NetworkAddress?

  /// Reads an address of at most 1,000 bytes.
  package init(_ text: String) throws(Fault) {
    guard text.utf8.count <= Limits.webhookURLBytesMax else { throw .tooLong }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }) else {
      throw .malformed
    }
    guard let end = text.firstRange(of: "://") else { throw .malformed }
    switch text[..<end.lowerBound] {
    case "https": isSecure = true
    case "http": isSecure = false
    default: throw .scheme
    }
    guard !text.contains("#") else { throw .fragment }
    let rest = text[end.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard !authority.contains("@") else { throw .userinfo }
    let path = rest.dropFirst(authority.count)
    target = path.hasPrefix("/") ? String(path) : "/" + path
    (host, address, port) = try WebhookURL.place(authority.lowercased(), isSecure: isSecure)
    guard address.map({ $0.reach != .never }) ?? true else { throw .address }
    description = text
  }

  /// Host and port as the `Host` header names them.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// Cuts `host`, `host:port`, `[address]:port`.
  private static func place(
    _ authority: String, isSecure: Bool
  ) throws(Fault) -> (String, NetworkAddress?, UInt16) {
    var rest = Substring(authority)
    let host: String
    if rest.hasPrefix("[") {
      guard let close = rest.firstIndex(of: "]") else { throw .malformed }
      host = String(rest[rest.index(after: rest.startIndex)..<close])
      rest = rest[rest.index(after: close)...]
      guard host.contains(":") else { throw .malformed }
    } else {
      host = String(rest.prefix { $0 != ":" })
      rest = rest.dropFirst(host.count)
    }
    let address = NetworkAddress(host)
    guard address != nil || isName(host) else { throw .malformed }
    guard !rest.isEmpty else { return (host, address, isSecure ? 443 : 80) }
    guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), ":\(port)" == rest, isOpen(port) else {
      throw .port
    }
    return (host, address, port)
  }

  /// The ports of the web, and those that anyone may open: nothing speaks to mail or to other services of a system.
  private static func isOpen(_ port: UInt16) -> Bool { port == 80 || port == 443 || port >= 1_024 }

  /// A name of the domain name system, whose last label is none that could be read as a number.
  private static func isName(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...253).contains(text.utf8.count), let last = labels.last,
      last.utf8.first.map({ !(0x30...0x39).contains($0) }) ?? false
    else { return false }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy {
          (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
        }
    }
  }
}
