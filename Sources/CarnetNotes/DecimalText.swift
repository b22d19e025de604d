/// Integers as texts write them: `0|[1-9][0-9]*`, with a leading `-` only where one may stand; never `-0`, `+5`, `007`.
public enum DecimalText {
  /// The number these ASCII digits write, `nil` for any other text or one beyond `UInt64`.
  public static func unsigned(_ text: ArraySlice<UInt8>) -> UInt64? {
    let zero = UInt8(ascii: "0")
    guard let first = text.first, text.count == 1 || first != zero else { return nil }
    var value: UInt64 = 0
    for byte in text {
      guard byte >= zero, byte <= UInt8(ascii: "9") else { return nil }
      let (tens, overflowTens) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowSum) = tens.addingReportingOverflow(UInt64(byte - zero))
      guard !overflowTens, !overflowSum else { return nil }
      value = sum
    }
    return value
  }

  /// The number these digits write, `nil` for any other text or one beyond `UInt64`.
  public static func unsigned(_ text: String) -> UInt64? { unsigned(ArraySlice(Array(text.utf8))) }

  /// The number this text writes, with `-` before a negative one; `nil` for any other text or one beyond `Int64`.
  public static func signed(_ text: String) -> Int64? { signed(ArraySlice(Array(text.utf8))) }

  /// The number this text writes, with `-` before a negative one; `nil` for any other text or one beyond `Int64`.
  public static func signed(_ text: ArraySlice<UInt8>) -> Int64? {
    guard text.first == UInt8(ascii: "-") else { return unsigned(text).flatMap { Int64(exactly: $0) } }
    guard let magnitude = unsigned(text.dropFirst()), magnitude > 0 else { return nil }
    // The magnitude of Int64.min is one more than Int64.max.
    guard magnitude <= Int64.min.magnitude else { return nil }
    return Int64(truncatingIfNeeded: 0 &- magnitude)
  }

  /// Writes the digits of a number behind `text`, without a heap allocation.
  package static func append(_ value: Int64, to text: inout [UInt8]) {
    if value < 0 { text.append(UInt8(ascii: "-")) }
    append(value.magnitude, to: &text)
  }

  /// Writes the digits of a number behind `text`, without a heap allocation.
  static func append(_ value: UInt64, to text: inout [UInt8]) {
    var (count, rest) = (1, value / 10)
    while rest > 0 { (count, rest) = (count + 1, rest / 10) }
    text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: count))
    var place = text.count
    rest = value
    while rest > 0 {
      place -= 1
      text[place] += UInt8(rest % 10)
      rest /= 10
    }
  }
}
