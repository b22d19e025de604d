/// Hexadecimal text, lower case only: one text for one value.
public enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two digits per byte, as ASCII.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    append(bytes.span, to: &text)
    return text
  }

  /// Writes two digits per byte behind `text`.
  static func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
    let digits = digits
    for index in bytes.indices {
      text.append(digits[Int(bytes[index] >> 4)])
      text.append(digits[Int(bytes[index] & 15)])
    }
  }

  /// Two digits per byte.
  public static func encode(_ bytes: [UInt8]) -> String {
    String(decoding: encode(bytes) as [UInt8], as: UTF8.self)
  }

  /// The bytes of an even count of lower-case digits, `nil` for any other text.
  public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    withSpan(of: text) { decode($0) }
  }

  /// The bytes of an even count of lower-case digits, `nil` for any other text.
  public static func decode(_ text: String) -> [UInt8]? {
    decode(text.utf8)
  }

  private static func decode(_ text: Span<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = value(text[index]), let low = value(text[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
