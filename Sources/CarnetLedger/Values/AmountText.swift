/// Amounts as people write and read them. Exact: digits are counted, nothing is rounded.
public enum AmountText {
  /// Why a text is no amount.
  public enum Fault: Error, Hashable, Sendable {
    /// Not a number at all.
    case unreadable
    /// Three decimals where the currency has fewer: a thousand or a fraction, nobody knows.
    case ambiguous
    /// More decimals than the currency has.
    case tooPrecise(scale: Int)
    /// Zero, or beyond the largest amount.
    case outOfRange
  }

  /// Bytes of a typed amount.
  public static let bytesMax = 40

  /// Reads an amount as it is typed: `12`, `12,5`, `12.50`, `1 234,50`; for time also `1h30`, `1h`, `45min`.
  ///
  /// Comma and point both stand before the decimals, never between groups; groups of three may be parted by a space
  /// (U+0020, U+00A0, U+202F).
  /// - Returns: minor units, within ``Quantity/amounts``.
  public static func parse(_ text: String, in currency: Currency) throws(Fault) -> Int64 {
    guard text.utf8.count <= bytesMax else { throw .unreadable }
    if currency.countsTime, let minutes = try minutes(text) { return try checked(minutes) }
    return try parse(text, scale: currency.scale)
  }

  /// Reads an amount with so many decimals at most.
  public static func parse(_ text: String, scale: Int) throws(Fault) -> Int64 {
    guard text.utf8.count <= bytesMax else { throw .unreadable }
    let parts = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard let whole = parts.first.flatMap({ ungrouped($0) }), parts.count <= 2 else { throw .unreadable }
    let decimals = parts.count == 2 ? Array(parts[1]) : []
    guard parts.count == 1 || !decimals.isEmpty, decimals.allSatisfy(isDigit) else { throw .unreadable }
    guard decimals.count <= scale else {
      throw decimals.count == 3 ? .ambiguous : .tooPrecise(scale: scale)
    }
    let zeros = Array(repeating: Unicode.Scalar("0"), count: scale - decimals.count)
    return try checked(value(of: whole + decimals + zeros))
  }

  /// `1h`, `1h30`, `1 h 30`, `45min`, `45 min`; `nil` for a text of another form.
  private static func minutes(_ text: String) throws(Fault) -> Int64? {
    let symbols = text.lowercased().unicodeScalars
    guard let mark = symbols.firstIndex(where: { !isDigit($0) && !isSpace($0) }) else { return nil }
    var head = symbols[..<mark]
    var rest = symbols[symbols.index(after: mark)...]
    // One space may part number and unit; those within a number part groups of three as they do elsewhere.
    if head.last.map(isSpace) ?? false { head = head.dropLast() }
    guard let digits = ungrouped(head) else { return nil }
    if symbols[mark] == "h", rest.count > 1, rest.first.map(isSpace) ?? false { rest = rest.dropFirst() }
    return try minutes(digits, unit: symbols[mark], Array(rest))
  }

  /// A count of hours or minutes, by what stands behind its digits: `in` or `n` of the unit, or minutes of an hour.
  private static func minutes(
    _ digits: [Unicode.Scalar], unit: Unicode.Scalar, _ rest: [Unicode.Scalar]
  ) throws(Fault) -> Int64? {
    guard let first = value(of: digits) else { throw .outOfRange }
    if unit == "m", rest == Array("in".unicodeScalars) || rest == ["n"] { return first }
    guard unit == "h" else { return nil }
    guard rest.isEmpty || (rest.count == 2 && rest.allSatisfy(isDigit)) else { throw .unreadable }
    guard let minutes = rest.isEmpty ? 0 : value(of: rest), minutes < 60 else { throw .unreadable }
    let (hours, overflow) = first.multipliedReportingOverflow(by: 60)
    guard !overflow, hours <= Quantity.max else { throw .outOfRange }
    return hours + minutes
  }

  private static func checked(_ value: Int64?) throws(Fault) -> Int64 {
    guard let value, Quantity.amounts.contains(value) else { throw .outOfRange }
    return value
  }

  /// The digits without the spaces between groups of three; `nil` where groups are of another size.
  private static func ungrouped(_ text: Substring.UnicodeScalarView) -> [Unicode.Scalar]? {
    let groups = text.split(omittingEmptySubsequences: false, whereSeparator: isSpace)
    guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
    guard groups.count == 1 || (groups[0].count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 })
    else { return nil }
    return groups.flatMap { Array($0) }
  }

  /// `nil` beyond 64 bits.
  private static func value(of digits: [Unicode.Scalar]) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      let (tens, overflowTens) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowSum) = tens.addingReportingOverflow(Int64(digit.value - 0x30))
      guard !overflowTens, !overflowSum else { return nil }
      value = sum
    }
    return value
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{A0}" || scalar == "\u{202F}"
  }
}

extension AmountText {
  /// `1,234.50` in English, `1 234,50` in French with U+202F between groups; `-` before what is below zero.
  package static func format(_ minorUnits: Int64, scale: Int, _ language: Language) -> String {
    var digits = Array(String(minorUnits.magnitude).utf8)
    if digits.count <= scale {
      digits.insert(contentsOf: repeatElement(0x30, count: scale + 1 - digits.count), at: 0)
    }
    let whole = digits.dropLast(scale)
    var text = minorUnits < 0 ? "-" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { text += language == .french ? "\u{202F}" : "," }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    guard scale > 0 else { return text }
    return text + (language == .french ? "," : ".") + String(decoding: digits.suffix(scale), as: UTF8.self)
  }

  /// The number with its currency's code: `1 234,50 MEL`.
  package static func format(_ minorUnits: Int64, in currency: Currency, _ language: Language) -> String {
    "\(format(minorUnits, scale: currency.scale, language)) \(currency.code)"
  }

  /// Minutes as hours for people: `19 h 20`, with the sign before; only for a currency that counts time.
  package static func hours(_ minutes: Int64) -> String {
    let (hours, rest) = minutes.magnitude.quotientAndRemainder(dividingBy: 60)
    let tail = rest == 0 ? "" : rest < 10 ? " 0\(rest)" : " \(rest)"
    return "\(minutes < 0 ? "-" : "")\(hours) h\(tail)"
  }
}

extension Currency {
  /// Whether hours can be typed for it: credit between members counted in whole units, sixty of which are an hour
  /// wherever such places count time.
  public var countsTime: Bool { kind == .mutual && scale == 0 }
}
