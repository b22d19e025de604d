import CarnetLedger
import Testing

@Suite struct AmountTextTests {
  typealias Fault = AmountText.Fault

  struct Typed: Sendable, CustomTestStringConvertible {
    let text: String
    let scale: Int
    let expected: Result<Int64, Fault>
    var testDescription: String { "\"\(text)\" with \(scale) decimals" }

    init(_ text: String, _ scale: Int, _ value: Int64) {
      (self.text, self.scale, expected) = (text, scale, .success(value))
    }

    init(_ text: String, _ scale: Int, _ fault: Fault) {
      (self.text, self.scale, expected) = (text, scale, .failure(fault))
    }
  }

  static let typed = [
    Typed("12", 2, 1_200), Typed("12,5", 2, 1_250), Typed("12.50", 2, 1_250), Typed("0,01", 2, 1),
    Typed("1 234,50", 2, 123_450), Typed("1\u{202F}234\u{A0}567.8", 2, 123_456_780), Typed("007", 2, 700),
    Typed("1.234", 3, 1_234), Typed("1,000001", 6, 1_000_001), Typed("90", 0, 90),
    Typed("90071992547409,91", 2, 9_007_199_254_740_991),
    Typed("90071992547409,92", 2, .outOfRange), Typed("99999999999999999999999999", 2, .outOfRange),
    Typed("0", 2, .outOfRange), Typed("0,00", 2, .outOfRange),
    Typed("1.234", 2, .ambiguous), Typed("1,234", 2, .ambiguous), Typed("1.234", 0, .ambiguous),
    Typed("1.5", 0, .tooPrecise(scale: 0)), Typed("1.2345", 2, .tooPrecise(scale: 2)),
    Typed("1,0000001", 6, .tooPrecise(scale: 6)),
    Typed("", 2, .unreadable), Typed("abc", 2, .unreadable), Typed("+5", 2, .unreadable),
    Typed("-5", 2, .unreadable), Typed("12,", 2, .unreadable), Typed(",5", 2, .unreadable),
    Typed("1.234,50", 2, .unreadable), Typed("1,234.50", 2, .unreadable), Typed("12 34", 2, .unreadable),
    Typed("1234 567", 2, .unreadable), Typed("1  234", 2, .unreadable), Typed(" 12", 2, .unreadable),
    Typed("12 ", 2, .unreadable), Typed("1e3", 2, .unreadable), Typed("１２", 2, .unreadable),
    Typed("12\n", 2, .unreadable), Typed("1h30", 2, .unreadable),
    Typed(String(repeating: "0", count: 40), 2, .outOfRange),
    Typed(String(repeating: "0", count: 41), 2, .unreadable),
  ]

  @Test("an amount is read exactly or not at all", arguments: typed)
  func reads(_ typed: Typed) {
    let actual = Result { () throws(Fault) in try AmountText.parse(typed.text, scale: typed.scale) }
    #expect(actual == typed.expected)
  }

  static let times = [
    Typed("1h30", 0, 90), Typed("1h", 0, 60), Typed("1 h 30", 0, 90), Typed("1H05", 0, 65),
    Typed("0h01", 0, 1),
    Typed("45min", 0, 45), Typed("45 mn", 0, 45), Typed("90", 0, 90), Typed("1 200", 0, 1_200),
    Typed("150119987579016h30", 0, 9_007_199_254_740_990),
    Typed("150119987579016h31", 0, 9_007_199_254_740_991),
    Typed("150119987579016h32", 0, .outOfRange), Typed("99999999999999999999h", 0, .outOfRange),
    Typed("9007199254740992h", 0, .outOfRange), Typed("0h00", 0, .outOfRange), Typed("0min", 0, .outOfRange),
    Typed("1h60", 0, .unreadable), Typed("1h5", 0, .unreadable), Typed("1h030", 0, .unreadable),
    Typed("h30", 0, .unreadable), Typed("1hour", 0, .unreadable), Typed("1h30min", 0, .unreadable),
    Typed("1 2h", 0, .unreadable), Typed("1h3 0", 0, .unreadable), Typed("1  h", 0, .unreadable),
    Typed("1h  30", 0, .unreadable), Typed(" 1h", 0, .unreadable), Typed("45 m in", 0, .unreadable),
    Typed("1 200h", 0, 72_000), Typed("1 200 min", 0, 1_200), Typed("1h ", 0, .unreadable),
    Typed(String(repeating: "0", count: 39) + "h", 0, .outOfRange),
    Typed(String(repeating: "0", count: 40) + "h", 0, .unreadable), Typed("1.5h", 0, .unreadable),
    Typed("1,5", 0, .tooPrecise(scale: 0)),
  ]

  @Test("for a currency that counts time hours and minutes can be typed", arguments: times)
  func readsTime(_ typed: Typed) {
    let minutes = Town.currency("MIN", .mutual, BalanceLimits(floor: nil, ceiling: nil))
    let actual = Result { () throws(Fault) in try AmountText.parse(typed.text, in: minutes) }
    #expect(actual == typed.expected)
  }

  @Test("hours cannot be typed for a currency that is none of time")
  func noTime() {
    let mel = Town.currency("MEL", .backed, BalanceLimits(floor: 0, ceiling: nil))
    #expect(throws: Fault.unreadable) { try AmountText.parse("1h30", in: mel) }
  }

  @Test(
    "amounts are written with groups and decimals of the language",
    arguments: [
      (0, 2, "0.00", "0,00"), (5, 2, "0.05", "0,05"), (-5, 2, "-0.05", "-0,05"), (100, 2, "1.00", "1,00"),
      (123_450, 2, "1,234.50", "1\u{202F}234,50"),
      (-100_000_000, 2, "-1,000,000.00", "-1\u{202F}000\u{202F}000,00"),
      (999, 0, "999", "999"), (1_000, 0, "1,000", "1\u{202F}000"), (1, 6, "0.000001", "0,000001"),
      (
        .min, 0, "-9,223,372,036,854,775,808",
        "-9\u{202F}223\u{202F}372\u{202F}036\u{202F}854\u{202F}775\u{202F}808"
      ),
    ] as [(Int64, Int, String, String)])
  func writes(_ value: Int64, _ scale: Int, _ english: String, _ french: String) {
    #expect(AmountText.format(value, scale: scale, .english) == english)
    #expect(AmountText.format(value, scale: scale, .french) == french)
  }

  @Test("the code stands behind the number")
  func writesCode() {
    let mel = Town.currency("MEL", .backed, BalanceLimits(floor: 0, ceiling: nil))
    #expect(AmountText.format(123_450, in: mel, .french) == "1\u{202F}234,50 MEL")
  }

  @Test(
    "minutes are written as hours",
    arguments: [(1_160, "19 h 20"), (60, "1 h"), (65, "1 h 05"), (0, "0 h"), (-90, "-1 h 30")])
  func hours(_ minutes: Int64, _ expected: String) {
    #expect(AmountText.hours(minutes) == expected)
  }

  @Test("what is written for the French is read back, spaces and all")
  func roundTrip() throws {
    for value in [1, 99, 100, 123_456_789, Quantity.max] {
      let text = AmountText.format(value, scale: 2, .french)
      #expect(try AmountText.parse(text, scale: 2) == value)
    }
  }
}
