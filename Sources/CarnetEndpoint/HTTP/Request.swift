/// A request as it came in: nothing of it is trusted yet but its form.
public struct Request: Sendable {
  public let method: String
  /// The path's parts, decoded.
  public let segments: [String]
  /// Names and values of the query, decoded, in their order.
  public let query: [(name: String, value: String)]
  /// Values by lower-case name; of several of one name the first (of `x-forwarded-for` all).
  public let headers: [String: String]
  public let body: [UInt8]
  /// The address it came from, without a port; behind a proxy the one it names. Empty where there is no socket.
  public var address = ""

  /// Takes a request apart; `nil` where the target is not of its form.
  ///
  /// - Parameter target: path and query as they stand in the request line (RFC 9112, section 3.2.1).
  public init?(method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []) {
    let bytes = Array(target.utf8)
    guard bytes.first == UInt8(ascii: "/"), bytes.count <= Limits.targetBytesMax else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    let raw = parts[0].dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var segments: [String] = []
    for segment in raw {
      guard let decoded = Request.decoded(segment), decoded != ".", decoded != ".." else { return nil }
      segments.append(decoded)
    }
    guard let query = Request.query(parts.count == 2 ? parts[1] : []) else { return nil }
    (self.method, self.segments, self.query) = (method, segments, query)
    (self.headers, self.body) = (headers, body)
  }

  /// The path, for logs: its parts with slashes.
  public var path: String { "/" + segments.joined(separator: "/") }

  /// The value of a parameter of the query; `nil` where it is not there or there are two.
  public func parameter(_ name: String) -> String? {
    let values = query.filter { $0.name == name }
    return values.count == 1 ? values[0].value : nil
  }

  private static func query(_ text: ArraySlice<UInt8>) -> [(name: String, value: String)]? {
    guard !text.isEmpty else { return [] }
    var query: [(name: String, value: String)] = []
    for pair in text.split(separator: UInt8(ascii: "&")) {
      let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard query.count < Limits.queryParametersMax, let name = decoded(halves[0], plusIsSpace: true),
        let value = halves.count == 2 ? decoded(halves[1], plusIsSpace: true) : ""
      else { return nil }
      query.append((name, value))
    }
    return query
  }

  /// Percent-decoding to UTF-8 without control characters (RFC 3986, section 2.1); `nil` for anything else.
  private static func decoded(_ text: ArraySlice<UInt8>, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
          return nil
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    // Nearly every one is plain ASCII, whose control characters are known by their value.
    if bytes.allSatisfy({ (0x20..<0x7f).contains($0) }) { return String(decoding: bytes, as: UTF8.self) }
    guard let string = String(validating: bytes, as: UTF8.self),
      string.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { return nil }
    return string
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
