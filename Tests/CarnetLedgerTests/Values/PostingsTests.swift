import CarnetLedger
import Support
import Testing

@Suite struct PostingsTests {
  static let alice = leg("7Q4M2K9XA5", "MEL")
  static let bob = leg("9H5N1R7VEZ", "MEL")
  static let reserve = leg("reserve", "EUR")
  static let outside = leg("outside", "EUR")

  static func leg(_ name: String, _ code: String) -> AccountID {
    guard let name = AccountName(name) else { preconditionFailure("a name") }
    return AccountID(name, Town.code(code))
  }

  struct Legs: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let legs: [(AccountID, Int64)]
    let balance: Bool
  }

  static let tables = [
    Legs(testDescription: "none", legs: [], balance: true),
    Legs(testDescription: "two that balance", legs: [(alice, -5), (bob, 5)], balance: true),
    Legs(testDescription: "one too many", legs: [(alice, -5), (bob, 6)], balance: false),
    Legs(testDescription: "one alone", legs: [(alice, 5)], balance: false),
    Legs(testDescription: "of zero", legs: [(alice, 0), (bob, 0)], balance: false),
    Legs(
      testDescription: "balanced over two currencies only", legs: [(alice, -5), (reserve, 5)], balance: false),
    Legs(
      testDescription: "balanced in each currency",
      legs: [(alice, -5), (reserve, 7), (bob, 5), (outside, -7)], balance: true),
    Legs(testDescription: "the largest", legs: [(alice, -Quantity.max), (bob, Quantity.max)], balance: true),
    Legs(
      testDescription: "beyond the largest", legs: [(alice, -Quantity.max - 1), (bob, Quantity.max + 1)],
      balance: false),
    Legs(
      testDescription: "eight", legs: (0..<4).flatMap { _ in [(alice, Int64(-1)), (bob, Int64(1))] },
      balance: true),
    Legs(
      testDescription: "ten", legs: (0..<5).flatMap { _ in [(alice, Int64(-1)), (bob, Int64(1))] },
      balance: false),
  ]

  @Test("postings that do not balance have no representation", arguments: tables)
  func balance(_ table: Legs) {
    #expect((Postings(table.legs.map { Posting($0, $1) }) != nil) == table.balance)
  }

  @Test("sums of amounts are exact or refused")
  func sums() throws {
    let top = Amount(minorUnits: Quantity.max, currency: Town.mel)
    let bottom = Amount(minorUnits: -Quantity.max, currency: Town.mel)
    let one = Amount(minorUnits: 1, currency: Town.mel)
    let minusOne = Amount(minorUnits: -1, currency: Town.mel)
    #expect(try top.adding(minusOne).minorUnits == Quantity.max - 1)
    #expect(try top.adding(bottom).minorUnits == 0)
    #expect(throws: Refusal.overflow) { try top.adding(one) }
    #expect(throws: Refusal.overflow) { try bottom.adding(minusOne) }
    #expect(throws: Refusal.overflow) {
      try Amount(minorUnits: .max, currency: Town.mel).adding(Amount(minorUnits: .max, currency: Town.mel))
    }
    #expect(throws: Refusal.currencyMismatch(Town.min)) {
      try top.adding(Amount(minorUnits: 1, currency: Town.min))
    }
  }
}
