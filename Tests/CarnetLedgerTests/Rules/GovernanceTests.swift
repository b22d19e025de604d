import CarnetLedger
import CarnetNotes
import Support
import Testing

/// Currencies, settings, rules numbers and the ledger's keys.
@Suite struct GovernanceTests {
  @Test("a code is given once")
  func currency() throws {
    let town = try Town()
    let limits = BalanceLimits(floor: nil, ceiling: nil)
    #expect(
      try town.refusal(.currency(Town.currency("MEL", .mutual, limits)), by: town.officer) == .currencyTaken)
    #expect(
      try town.refusal(.currency(Town.currency("SEL", .mutual, limits)), by: town.teller) == .roleMissing)
    try town.accept(.currency(Town.currency("SEL", .mutual, limits)), by: town.officer)
    #expect(town.state.currencies.map(\.code.description) == ["MEL", "MIN", "SEL"])
  }

  @Test("there are euros from the first backed currency on")
  func euro() throws {
    var place = Place(seed: 4)
    var books = try Books(&place, at: Town.start)
    let free = BalanceLimits(floor: nil, ceiling: nil)
    try books.accept(.currency(Town.currency("SEL", .mutual, free)), by: place.officer, in: &place)
    #expect(!books.state.hasEuro)
    let backed = BalanceLimits(floor: 0, ceiling: nil)
    try books.accept(.currency(Town.currency("MEL", .backed, backed)), by: place.officer, in: &place)
    #expect(books.state.hasEuro)
  }

  struct Vote: Sendable, CustomTestStringConvertible {
    let name: SettingName
    let allowed: [Int64?]
    let refused: [Int64?]
    var testDescription: String { name.description }
  }

  static let votes = [
    Vote(name: .quorum(.member), allowed: [1], refused: [0, -1, 13, nil]),
    Vote(name: .reconversionFee, allowed: [0, 10_000], refused: [-1, 10_001, nil]),
    Vote(name: .keyDelay, allowed: [86_400, 2_592_000], refused: [86_399, 2_592_001, nil]),
    Vote(name: .floor(Town.min), allowed: [0, -1, -Quantity.max, nil], refused: [1]),
    Vote(name: .floor(Town.mel), allowed: [0], refused: [-1, 1, nil]),
    Vote(name: .ceiling(Town.min), allowed: [0, 1, Quantity.max, nil], refused: [-1]),
    Vote(name: .ceiling(Town.mel), allowed: [0, 1, nil], refused: [-1]),
  ]

  @Test("each setting has its bounds", arguments: votes)
  func bounds(_ vote: Vote) throws {
    let town = try Town()
    for value in vote.allowed { try town.set(vote.name, value) }
    for value in vote.refused {
      #expect(
        try town.refusal(.set(vote.name, value, from: town.books.now), by: town.officer) == .settingInvalid)
    }
  }

  @Test("limits are set for currencies that are there")
  func unknownCurrency() throws {
    let town = try Town()
    for name in [SettingName.floor(Town.code("XYZ")), .ceiling(Town.code("XYZ"))] {
      #expect(
        try town.refusal(.set(name, 0, from: town.books.now), by: town.officer)
          == .currencyMismatch(Town.code("XYZ")))
    }
    #expect(
      try town.refusal(.set(.keyDelay, 0, from: town.books.now), by: town.teller) == .roleMissing)
  }

  @Test("nothing acts backwards: a setting starts at its own time at the earliest")
  func startsInPast() throws {
    let town = try Town()
    town.books.now = Town.start.adding(milliseconds: 1)
    #expect(try town.refusal(.set(.keyDelay, 86_405, from: Town.start), by: town.officer) == .startsInPast)
    town.books.now = Town.start.adding(seconds: 10)
    try town.accept(.set(.keyDelay, 86_405, from: town.books.now), by: town.officer)
    #expect(town.state.keyDelay(at: town.books.now) == 86_405)
  }

  @Test("in force is the greatest start and number that has begun")
  func timeline() throws {
    let town = try Town()
    let start = Town.start
    func fee(_ seconds: Int64) -> Int64 { town.state.reconversionFee(at: start.adding(seconds: seconds)) }
    try town.accept(.set(.reconversionFee, 300, from: start.adding(seconds: 100)), by: town.officer)
    try town.accept(.set(.reconversionFee, 500, from: start.adding(seconds: 50)), by: town.officer)
    #expect([0, 49, 50, 99, 100, 1_000].map(fee) == [0, 0, 500, 500, 300, 300])
    try town.accept(.set(.reconversionFee, 200, from: start.adding(seconds: 100)), by: town.officer)
    #expect([99, 100].map(fee) == [500, 200])
    #expect(town.state.reconversionFee(at: start.adding(milliseconds: 49_999)) == 0)
  }

  @Test("limits for all follow the votes, limits of one's own do not")
  func generalLimits() throws {
    let town = try Town()
    try town.accept(.limits(-70, nil, of: town.bob, in: Town.min), by: town.officer)
    try town.accept(.set(.floor(Town.min), -5, from: town.books.now.adding(seconds: 10)), by: town.officer)
    try town.accept(.pay(6, Town.min, to: town.bakery), by: town.alice)
    town.wait(seconds: 10)
    #expect(
      try town.refusal(.pay(1, Town.min, to: town.bakery), by: town.alice)
        == .insufficientFunds(AccountID(town.alice.number, Town.min), available: 0))
    try town.accept(.pay(70, Town.min, to: town.bakery), by: town.bob)
    try town.set(.ceiling(Town.min), nil)
    let limits = town.state.generalLimits(of: Town.min, at: town.books.now)
    #expect(limits == BalanceLimits(floor: -5, ceiling: nil))
  }

  @Test("the fee is the one in force at the record's time")
  func feeAtItsTime() throws {
    let town = try Town()
    try town.accreditBakery()
    try town.fund(town.bakery, 1_000)
    try town.accept(.set(.reconversionFee, 500, from: town.books.now.adding(seconds: 10)), by: town.officer)
    try town.accept(.reconvert(100, fee: 0), by: town.bakery, with: [town.officer])
    town.wait(seconds: 10)
    #expect(
      try town.refusal(.reconvert(100, fee: 0), by: town.bakery, with: [town.officer])
        == .feeDiffers(expected: 5))
  }

  @Test("rules are raised, to a number that this code knows", arguments: [0, 1, 2, UInt64.max])
  func rules(_ number: UInt64) throws {
    let town = try Town()
    #expect(LedgerState.rulesNewest == 1)
    #expect(try town.refusal(.rules(RulesRaise(rules: number)), by: town.officer) == .rulesUnsupported)
  }

  @Test("what never becomes a record does not")
  func neverRecorded() throws {
    let town = try Town()
    let access = Access(host: "mel.example", scope: .account, account: town.alice.number, expires: 0)
    #expect(try town.refusal(.access(access), by: town.alice, lifetime: 300) == .unknownKind)
    let genesis = Genesis(
      name: Samples.free("Mel"), purpose: .trial, rules: 1, previous: nil,
      ledgerKey: town.place.person().key.publicKey, card: nil)
    #expect(try town.refusal(.genesis(genesis), by: town.officer) == .alreadyRecorded(0))
  }
}

/// The keys that sign the checkpoints.
@Suite struct LedgerKeyTests {
  private func change(_ town: Town, to new: SecretKey) -> CarnetLedger.Operation {
    .ledgerKey(LedgerKeyChange(old: town.place.ledgerKey.publicKey, new: new.publicKey))
  }

  @Test("a new key takes an officer and both keys, and signs beside the old one for ninety days")
  func replaced() throws {
    let town = try Town()
    let (old, new) = (town.place.ledgerKey, town.place.person().key)
    let record = try town.accept(change(town, to: new), by: town.officer, ledgerKeys: [new, old])
    #expect(record.signers.map(\.member) == [town.officer.number, nil, nil])
    #expect(record.signaturesAreValid)
    #expect(try Record(parsing: record.bytes) == record)
    let end = town.books.now.adding(seconds: 90 * Town.day)
    #expect(town.state.ledgerKeys.current == new.publicKey)
    #expect(town.state.ledgerKeys.signing(at: end) == [new.publicKey, old.publicKey])
    #expect(town.state.ledgerKeys.signing(at: end.adding(milliseconds: 1)) == [new.publicKey])
  }

  @Test("without one of the lines nothing changes")
  func lines() throws {
    let town = try Town()
    let (old, new) = (town.place.ledgerKey, town.place.person().key)
    for keys in [[], [old], [new]] {
      #expect(
        try town.refusal(change(town, to: new), by: town.officer, ledgerKeys: keys)?.code
          == "signatures-missing")
    }
    #expect(try town.refusal(change(town, to: new), by: town.teller, ledgerKeys: [old, new]) == .roleMissing)
  }

  @Test("the old key is the one in force, the new one was never used and is a point")
  func keys() throws {
    let town = try Town()
    let (old, new, other) = (town.place.ledgerKey, town.place.person().key, town.place.person().key)
    let fromOther = LedgerKeyChange(old: other.publicKey, new: new.publicKey)
    #expect(
      try town.refusal(.ledgerKey(fromOther), by: town.officer, ledgerKeys: [other, new]) == .noSuchKey)
    #expect(try town.refusal(change(town, to: old), by: town.officer, ledgerKeys: [old]) == .keyTaken)
    #expect(
      try town.refusal(change(town, to: town.alice.key), by: town.officer, ledgerKeys: [old, town.alice.key])
        == .keyTaken)
    try town.accept(change(town, to: new), by: town.officer, ledgerKeys: [old, new])
    let back = LedgerKeyChange(old: new.publicKey, new: old.publicKey)
    #expect(try town.refusal(.ledgerKey(back), by: town.officer, ledgerKeys: [new, old]) == .keyTaken)
    #expect(try town.refusal(.enrol(town.place.person(), key: old.publicKey), by: town.officer) == .keyTaken)
  }
}
