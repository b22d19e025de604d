/// The code of a unit of account, `[A-Z][A-Z0-9]{1,11}`, e.g. `MEL`. `EUR` is the euros of the guarantee fund.
public struct CurrencyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Bytes of a code.
  public static let bytesMax = 12

  /// Euros, which the ledger books but never issues.
  public static let euro = CurrencyCode(checked: "EUR".utf8)

  /// The characters side by side, the first one highest, zeros behind the last: they order and compare like the texts.
  private let first: UInt64
  private let second: UInt32

  private init(checked text: some Collection<UInt8>) {
    var (first, second) = (UInt64(0), UInt32(0))
    for (place, byte) in text.enumerated() {
      if place < 8 {
        first |= UInt64(byte) << (56 - 8 * place)
      } else {
        second |= UInt32(byte) << (88 - 8 * place)
      }
    }
    (self.first, self.second) = (first, second)
  }

  public var description: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes the code behind `text`.
  func append(to text: inout [UInt8]) {
    var rest = (first, second)
    while rest.0 > 0 || rest.1 > 0 {
      text.append(UInt8(rest.0 >> 56))
      rest = (rest.0 << 8 | UInt64(rest.1 >> 24), rest.1 << 8)
    }
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
    self.init(checked: text)
  }

  /// Reads a code; `nil` where the text is none.
  public init?(_ text: String) {
    self.init(text.utf8)
  }

  public static func < (left: CurrencyCode, right: CurrencyCode) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}
