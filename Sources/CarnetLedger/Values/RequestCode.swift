public import CarnetNotes

/// The short code of a payment request: eight symbols of the numbers' alphabet, written `K7Q4-M2XW`.
///
/// At least one of the first four is a digit and at least one of the last four a letter. That keeps codes apart from
/// what people are called: `marc-1010` and `bernards` are handles, `k7q4-m2xw` never is.
///
/// It is the beginning of the request's id, so that whoever has the note can tell whether a code is its own.
public struct RequestCode: Hashable, Sendable, CustomStringConvertible {
  /// Symbols of a code.
  public static let symbolCount = 8

  /// Bits of an id that a code shows.
  public static let bitCount = 5 * symbolCount

  private let symbols: [UInt8]

  /// The code of a request's id: its first forty bits. `nil` where they make none, see above.
  public init?(_ id: NoteID) {
    let bits = RequestCode.bits(of: id)
    self.init(
      symbols: (1...RequestCode.symbolCount).map {
        Crockford.symbol(bits >> UInt64(RequestCode.bitCount - 5 * $0) & 31)
      })
  }

  /// The first forty bits of an id, most significant first.
  public static func bits(of id: NoteID) -> UInt64 {
    id.bytes.prefix(bitCount / 8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The symbols as one integer of forty bits.
  public var bits: UInt64 {
    symbols.reduce(0) { $0 << 5 | (Crockford.value(of: $1) ?? 0) }
  }

  /// Reads a code as people type it: any case, hyphens and spaces between symbols, `o` for 0, `i` and `l` for 1.
  public init?(typed text: String) {
    guard let symbols = Crockford.normalized(text, countMax: RequestCode.symbolCount) else { return nil }
    self.init(symbols: symbols)
  }

  /// Reads a code that stands as it is written, in any case: `K7Q4-M2XW`, or the same without its hyphen.
  init?(exactly text: some Collection<UInt8>) {
    let upper = text.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
    let middle = RequestCode.symbolCount / 2
    if upper.count == RequestCode.symbolCount + 1, upper[middle] == UInt8(ascii: "-") {
      self.init(symbols: Array(upper[..<middle] + upper[(middle + 1)...]))
    } else {
      self.init(symbols: upper)
    }
  }

  private init?(symbols: [UInt8]) {
    guard symbols.count == RequestCode.symbolCount, symbols.allSatisfy({ Crockford.value(of: $0) != nil })
    else { return nil }
    let isDigit = { (symbol: UInt8) in symbol <= UInt8(ascii: "9") }
    let half = RequestCode.symbolCount / 2
    guard symbols.prefix(half).contains(where: isDigit), !symbols.suffix(half).allSatisfy(isDigit) else {
      return nil
    }
    self.symbols = symbols
  }

  public var description: String {
    let text = String(decoding: symbols, as: UTF8.self)
    return "\(text.prefix(4))-\(text.suffix(4))"
  }
}
