/// The code of a unit of account, `[A-Z][A-Z0-9]{1,11}`, e.g. `MEL`. `EUR` is the euros of the guarantee fund.
public struct CurrencyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Bytes of a code.
  public static let bytesMax = 12

  /// Euros, which the ledger books but never issues.
  public static let euro = CurrencyCode(checked: "EUR")

  /// At most twelve ASCII characters, which a `String` holds without a heap allocation.
  public let description: String

  private init(checked text: String) {
    description = text
  }

  /// Reads a code given as ASCII; `nil` where the bytes are none.
  public init?(_ text: some Collection<UInt8>) {
    guard (2...CurrencyCode.bytesMax).contains(text.count), let first = text.first,
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first),
      text.allSatisfy({
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      })
    else { return nil }
    self.init(checked: String(decoding: text, as: UTF8.self))
  }

  /// Reads a code; `nil` where the text is none.
  public init?(_ text: String) {
    self.init(text.utf8)
  }

  public static func < (left: CurrencyCode, right: CurrencyCode) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}
