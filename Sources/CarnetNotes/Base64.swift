/// Base64 with the standard alphabet and padding (RFC 4648, section 4), canonical only: one text for one value.
///
/// Line breaks, missing or extra padding and non-zero trailing bits (section 3.5) are refused.
public enum Base64 {
  private static let padding = UInt8(ascii: "=")
  private static let symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  /// Stands in `values` for a byte outside the alphabet; real values are below 64.
  private static let outside: UInt8 = 0xFF
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: outside, count: 256)
    for (value, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(value) }
    return values
  }()

  /// Characters that encode `count` bytes.
  public static func encodedCount(_ count: Int) -> Int {
    (count + 2) / 3 * 4
  }

  /// The base64 of the bytes, as ASCII.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(encodedCount(bytes.count))
    append(bytes, to: &text)
    return text
  }

  /// The base64 of the bytes.
  public static func encode(_ bytes: [UInt8]) -> String {
    String(decoding: encode(bytes) as [UInt8], as: UTF8.self)
  }

  /// Writes the base64 of the bytes behind `text`.
  public static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    append(bytes.span, to: &text)
  }

  /// Writes the base64 of the bytes behind `text`.
  static func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
    var place = text.count
    text.append(contentsOf: repeatElement(padding, count: encodedCount(bytes.count)))
    // Written in place: appended one by one, each character would ask anew whether the array has room.
    var text = text.mutableSpan
    let symbols = symbols.span
    let whole = bytes.count / 3 * 3
    for index in stride(from: 0, to: whole, by: 3) {
      let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
      text[place] = symbols[Int(group >> 18)]
      text[place + 1] = symbols[Int(group >> 12 & 63)]
      text[place + 2] = symbols[Int(group >> 6 & 63)]
      text[place + 3] = symbols[Int(group & 63)]
      place += 4
    }
    guard whole < bytes.count else { return }
    let second = whole + 1 < bytes.count ? UInt32(bytes[whole + 1]) : nil
    let group = UInt32(bytes[whole]) << 16 | (second ?? 0) << 8
    text[place] = symbols[Int(group >> 18)]
    text[place + 1] = symbols[Int(group >> 12 & 63)]
    if second != nil { text[place + 2] = symbols[Int(group >> 6 & 63)] }
  }

  /// The bytes that encode to exactly this text, `nil` where there are none.
  public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    withSpan(of: text) { decode($0) }
  }

  /// The bytes that encode to exactly this text, `nil` where there are none.
  public static func decode(_ text: String) -> [UInt8]? {
    decode(text.utf8)
  }

  private static func decode(_ text: Span<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    guard text.count > 0 else { return [] }
    let last = text.count - 4
    let values = values
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    for index in stride(from: 0, to: last, by: 4) {
      guard let group = group(of: 4, at: index, in: text, values) else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: group >> 16))
      bytes.append(UInt8(truncatingIfNeeded: group >> 8))
      bytes.append(UInt8(truncatingIfNeeded: group))
    }
    return appendLast(at: last, of: text, values, to: &bytes) ? bytes : nil
  }

  /// Decodes the last four characters, the only ones that may hold padding; `false` where they are not canonical.
  private static func appendLast(
    at index: Int, of text: Span<UInt8>, _ values: [UInt8], to bytes: inout [UInt8]
  ) -> Bool {
    let symbols = text[index + 3] != padding ? 4 : text[index + 2] != padding ? 3 : 2
    guard let group = group(of: symbols, at: index, in: text, values) else { return false }
    // Bits that no byte takes must be zero: 16 of 24 remain behind one byte, 8 behind two.
    let unused: UInt32 = symbols == 2 ? 0xFFFF : symbols == 3 ? 0xFF : 0
    guard group & unused == 0 else { return false }
    bytes.append(UInt8(truncatingIfNeeded: group >> 16))
    if symbols > 2 { bytes.append(UInt8(truncatingIfNeeded: group >> 8)) }
    if symbols > 3 { bytes.append(UInt8(truncatingIfNeeded: group)) }
    return true
  }

  /// The 24 bits of the first `count` characters at `index`, the missing ones taken as zero.
  private static func group(
    of count: Int, at index: Int, in text: Span<UInt8>, _ values: [UInt8]
  ) -> UInt32? {
    var group: UInt32 = 0
    var seen: UInt8 = 0
    for offset in 0..<count {
      let value = values[Int(text[index + offset])]
      seen |= value
      group |= UInt32(value) << UInt32(18 - 6 * offset)
    }
    // Only `outside` has its top bit set.
    return seen & 0x80 == 0 ? group : nil
  }
}
