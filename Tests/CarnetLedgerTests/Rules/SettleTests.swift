import CarnetLedger
import CarnetNotes
import Support
import Testing

@Suite struct SettleTests {
  /// Alice owes 300 minutes to Bob, and one of them has been suspended for so long.
  private func town(suspended: (Town) -> Place.Person, seconds: Int64 = 60 * Town.day) throws -> Town {
    let town = try Town()
    try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice)
    try town.setStatus(.suspended, of: suspended(town))
    town.wait(seconds: seconds)
    return town
  }

  @Test("what a leaver had goes to a member who also signs")
  func plus() throws {
    let town = try town(suspended: \.bob)
    let record = try town.accept(
      .settle(town.bob, to: town.bakery, in: Town.min), by: town.officer, with: [town.bakery])
    #expect(
      record.postings.legs == [
        Posting(AccountID(town.bob.number, Town.min), -300),
        Posting(AccountID(town.bakery.number, Town.min), 300),
      ])
    #expect(record.signers.map(\.member) == [town.officer.number, town.bakery.number])
    try town.setStatus(.closed, of: town.bob)
  }

  @Test("what a leaver lacked is made good by a member who also signs, whatever the leaver's ceiling")
  func minus() throws {
    let town = try town(suspended: \.alice)
    try town.accept(.limits(nil, -100, of: town.alice, in: Town.min), by: town.officer)
    try town.accept(
      .settle(town.alice, to: town.bakery, in: Town.min), by: town.officer, with: [town.bakery])
    #expect(town.balance(town.alice, Town.min) == 0 && town.balance(town.bakery, Town.min) == -300)
  }

  @Test("the leaver's own floor does not hold back, the other's limits do")
  func limits() throws {
    let town = try town(suspended: \.bob)
    try town.accept(.limits(100, nil, of: town.bob, in: Town.min), by: town.officer)
    try town.accept(.limits(nil, 299, of: town.bakery, in: Town.min), by: town.officer)
    let order = CarnetLedger.Operation.settle(town.bob, to: town.bakery, in: Town.min)
    #expect(
      try town.refusal(order, by: town.officer, with: [town.bakery])
        == .ceilingExceeded(AccountID(town.bakery.number, Town.min), room: 299))
    try town.accept(.limits(nil, 300, of: town.bakery, in: Town.min), by: town.officer)
    try town.accept(order, by: town.officer, with: [town.bakery])
    let other = try self.town(suspended: \.alice)
    try other.accept(.limits(-299, nil, of: other.bakery, in: Town.min), by: other.officer)
    #expect(
      try other.refusal(
        .settle(other.alice, to: other.bakery, in: Town.min), by: other.officer, with: [other.bakery])
        == .insufficientFunds(AccountID(other.bakery.number, Town.min), available: 299))
  }

  @Test("sixty days must have passed since the suspension, to the second")
  func sixtyDays() throws {
    let town = try town(suspended: \.bob, seconds: 60 * Town.day - 1)
    let order = CarnetLedger.Operation.settle(town.bob, to: town.bakery, in: Town.min)
    #expect(try town.refusal(order, by: town.officer, with: [town.bakery]) == .notSuspendedLongEnough)
    town.wait(seconds: 1)
    try town.accept(order, by: town.officer, with: [town.bakery])
  }

  @Test("a suspension that was lifted counts anew, one that is repeated goes on")
  func restarts() throws {
    let town = try town(suspended: \.bob)
    let order = CarnetLedger.Operation.settle(town.bob, to: town.bakery, in: Town.min)
    try town.setStatus(.active, of: town.bob)
    #expect(try town.refusal(order, by: town.officer, with: [town.bakery]) == .notSuspendedLongEnough)
    try town.setStatus(.suspended, of: town.bob)
    #expect(try town.refusal(order, by: town.officer, with: [town.bakery]) == .notSuspendedLongEnough)
    town.wait(seconds: 30 * Town.day)
    try town.setStatus(.suspended, of: town.bob)
    town.wait(seconds: 30 * Town.day)
    try town.accept(order, by: town.officer, with: [town.bakery])
  }

  @Test("without the other's line, or an officer's, nothing is settled")
  func signers() throws {
    let town = try town(suspended: \.bob)
    let order = CarnetLedger.Operation.settle(town.bob, to: town.bakery, in: Town.min)
    #expect(try town.refusal(order, by: town.officer) == .signaturesMissing(counted: 1, needed: 2))
    #expect(
      try town.refusal(order, by: town.officer, with: [town.alice])
        == .signaturesMissing(counted: 1, needed: 2))
    #expect(try town.refusal(order, by: town.bakery, with: [town.officer]) == .roleMissing)
    try town.accept(.settle(town.bob, to: town.officer, in: Town.min), by: town.officer)
    #expect(town.balance(town.officer, Town.min) == 300)
  }

  @Test("both must be known, the taker active and another, the currency there and the balance not zero")
  func refused() throws {
    let town = try town(suspended: \.bob)
    let stranger = town.place.person()
    func refusal(_ operation: CarnetLedger.Operation, with other: Place.Person) throws -> Refusal? {
      try town.refusal(operation, by: town.officer, with: [other])
    }
    #expect(
      try refusal(.settle(stranger, to: town.bakery, in: Town.min), with: town.bakery)
        == .unknownMember(.member(stranger.number)))
    #expect(
      try refusal(.settle(town.bob, to: town.bob, in: Town.min), with: town.bob)
        == .suspended(.member(town.bob.number)))
    #expect(
      try refusal(.settle(town.bakery, to: town.bakery, in: Town.min), with: town.bakery) == .sameAccount)
    #expect(
      try refusal(.settle(town.bob, to: town.bakery, in: Town.code("XYZ")), with: town.bakery)
        == .currencyMismatch(Town.code("XYZ")))
    #expect(
      try refusal(.settle(town.bob, to: town.bakery, in: Town.mel), with: town.bakery) == .nothingToSettle)
    #expect(
      try refusal(.settle(town.alice, to: town.bakery, in: Town.min), with: town.bakery)
        == .notSuspendedLongEnough)
    #expect(
      try refusal(.settle(town.bob, to: stranger, in: Town.min), with: stranger)
        == .signaturesMissing(counted: 1, needed: 2))
  }
}
