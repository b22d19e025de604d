/// The pseudonymous, permanent number of a member: nine random symbols and a check symbol, e.g. `7Q4M2K9XA5`.
///
/// Symbols are `0123456789ABCDEFGHJKMNPQRSTVWXYZ` (Crockford's base 32). The check symbol finds every single wrong
/// symbol and nearly every swap of two neighbours (Luhn's rule, modulo 32).
public struct MemberNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Symbols of a number, the check symbol included.
  public static let symbolCount = 10

  /// The nine drawn symbols as one integer of 45 bits, most significant symbol first.
  let value: UInt64

  private init(value: UInt64) {
    self.value = value
  }

  /// Reads a number as texts of the ledger write it: upper case, nothing around it.
  public init?(_ text: some Collection<UInt8>) {
    guard text.count == MemberNumber.symbolCount else { return nil }
    var value: UInt64 = 0
    var check: UInt64 = 0
    for (index, byte) in text.enumerated() {
      guard let symbol = Crockford.value(of: byte) else { return nil }
      if index < MemberNumber.symbolCount - 1 { value = value << 5 | symbol } else { check = symbol }
    }
    guard check == MemberNumber.check(of: value) else { return nil }
    self.init(value: value)
  }

  /// Reads a number as texts of the ledger write it: upper case, nothing around it.
  public init?(_ text: String) {
    self.init(text.utf8)
  }

  /// Reads a number as people type it: any case, hyphens and spaces between symbols, `o` for 0, `i` and `l` for 1.
  public init?(typed text: String) {
    guard let symbols = Crockford.normalized(text, countMax: MemberNumber.symbolCount) else { return nil }
    self.init(symbols)
  }

  /// Draws a number; whether it is free is for the ledger to say.
  public static func random(using generator: inout some RandomNumberGenerator) -> MemberNumber {
    MemberNumber(value: UInt64.random(in: 0..<1 << 45, using: &generator))
  }

  /// The ten symbols as ASCII.
  public var bytes: [UInt8] {
    var symbols: [UInt8] = []
    symbols.reserveCapacity(MemberNumber.symbolCount)
    append(to: &symbols)
    return symbols
  }

  /// Writes the ten symbols behind `text`.
  func append(to text: inout [UInt8]) {
    for place in 0..<UInt64(MemberNumber.symbolCount - 1) {
      text.append(Crockford.symbol(value >> (40 - 5 * place) & 31))
    }
    text.append(Crockford.symbol(MemberNumber.check(of: value)))
  }

  public var description: String { String(decoding: bytes, as: UTF8.self) }

  public static func < (left: MemberNumber, right: MemberNumber) -> Bool { left.value < right.value }

  /// From the right, factors 2, 1, 2 …; the sum of ⌊p / 32⌋ + p mod 32 over the products p, and what it lacks to 32.
  private static func check(of value: UInt64) -> UInt64 {
    var sum: UInt64 = 0
    for place in 0..<UInt64(symbolCount - 1) {
      let product = (value >> (5 * place) & 31) * (place.isMultiple(of: 2) ? 2 : 1)
      sum += product / 32 + product % 32
    }
    return (32 - sum % 32) % 32
  }
}

/// The alphabet of numbers and request codes.
enum Crockford {
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  /// Stands in `values` for a byte outside the alphabet.
  private static let outside: UInt8 = 0xFF
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: outside, count: 256)
    for (value, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(value) }
    return values
  }()

  static func symbol(_ value: UInt64) -> UInt8 { symbols[Int(value)] }

  static func value(of byte: UInt8) -> UInt64? {
    let value = values[Int(byte)]
    return value == outside ? nil : UInt64(value)
  }

  /// Typed text brought to the symbols' form; `nil` where it holds anything else or more than `countMax` of them.
  static func normalized(_ text: String, countMax: Int) -> [UInt8]? {
    var symbols: [UInt8] = []
    for byte in text.utf8 where byte != UInt8(ascii: "-") && byte != UInt8(ascii: " ") {
      let upper = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
      let symbol: UInt8 =
        switch upper {
        case UInt8(ascii: "O"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        default: upper
        }
      guard symbols.count < countMax, value(of: symbol) != nil else { return nil }
      symbols.append(symbol)
    }
    return symbols
  }
}
