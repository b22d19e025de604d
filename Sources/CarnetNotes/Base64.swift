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
    guard let count = decodedCount(of: text) else { return nil }
    var isCanonical = true
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      isCanonical = unsafe decode(text, to: buffer)
      initialized = count
    }
    return isCanonical ? bytes : nil
  }

  /// The 32 bytes that encode to exactly this text, without an array on the way; `nil` where it is not that.
  static func decode32(_ text: Span<UInt8>) -> Bytes32? {
    guard text.count == encodedCount(Bytes32.count), decodedCount(of: text) == Bytes32.count else {
      return nil
    }
    var isCanonical = true
    let bytes = unsafe Bytes32 { start in
      isCanonical = unsafe decode(text, to: UnsafeMutableBufferPointer(start: start, count: Bytes32.count))
    }
    return isCanonical ? bytes : nil
  }

  /// Bytes that a text of this length and padding stands for; `nil` where it is no whole number of groups.
  private static func decodedCount(of text: Span<UInt8>) -> Int? {
    guard text.count.isMultiple(of: 4) else { return nil }
    guard text.count > 0 else { return 0 }
    return text.count / 4 * 3 - 4 + symbols(inLastOf: text)
  }

  /// Characters of the last group that are no padding, of which there are at most two.
  private static func symbols(inLastOf text: Span<UInt8>) -> Int {
    text[text.count - 1] != padding ? 4 : text[text.count - 2] != padding ? 3 : 2
  }

  /// Fills `bytes`, as many as ``decodedCount(of:)`` says; `false` where the text is not canonical, and they are anything.
  private static func decode(_ text: Span<UInt8>, to bytes: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    guard text.count > 0 else { return true }
    let last = text.count - 4
    let values = values.span
    var (place, isCanonical) = (0, true)
    for index in stride(from: 0, to: last, by: 4) {
      let group = group(of: 4, at: index, in: text, values)
      isCanonical = isCanonical && group != nil
      let value = group ?? 0
      unsafe bytes.initializeElement(at: place, to: UInt8(truncatingIfNeeded: value >> 16))
      unsafe bytes.initializeElement(at: place + 1, to: UInt8(truncatingIfNeeded: value >> 8))
      unsafe bytes.initializeElement(at: place + 2, to: UInt8(truncatingIfNeeded: value))
      place += 3
    }
    // Only the last four characters may hold padding.
    let count = symbols(inLastOf: text)
    let group = group(of: count, at: last, in: text, values)
    for index in 0..<count - 1 {
      let byte = UInt8(truncatingIfNeeded: (group ?? 0) >> UInt32(16 - 8 * index))
      unsafe bytes.initializeElement(at: place + index, to: byte)
    }
    // Bits that no byte takes must be zero: 16 of 24 remain behind one byte, 8 behind two.
    let unused: UInt32 = count == 2 ? 0xFFFF : count == 3 ? 0xFF : 0
    return isCanonical && group.map { $0 & unused == 0 } ?? false
  }

  /// The 24 bits of the first `count` characters at `index`, the missing ones taken as zero.
  private static func group(
    of count: Int, at index: Int, in text: Span<UInt8>, _ values: Span<UInt8>
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
