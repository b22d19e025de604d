/// The address under which people reach an endpoint, as a browser would be given it: `https://mel.example`.
public struct PublicAddress: Hashable, Sendable, CustomStringConvertible {
  /// Without a slash at the end.
  public let description: String
  /// Host and port as the `Host` header of a request for it gives them.
  public let host: String

  /// Reads `http://` or `https://`, a host with or without a port, and a path; `nil` for anything else.
  public init?(_ text: String) {
    guard text.utf8.count <= Limits.publicURLBytesMax,
      let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) })
    else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    var path = rest.dropFirst(authority.count)
    while path.hasSuffix("/") { path = path.dropLast() }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !parts[0].isEmpty,
      parts[0].utf8.allSatisfy({ PublicAddress.isNamed($0, also: "-.") }),
      parts.count == 1 || UInt16(parts[1]).map({ $0 > 0 && "\($0)" == parts[1] }) ?? false,
      path.utf8.allSatisfy({ PublicAddress.isNamed($0, also: "-._~/") })
    else { return nil }
    host = authority.lowercased()
    description = scheme + host + path
  }

  private static func isNamed(_ byte: UInt8, also others: String) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: others.utf8.contains(byte)
    }
  }
}
