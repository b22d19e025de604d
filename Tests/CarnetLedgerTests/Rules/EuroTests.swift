import CarnetLedger
import CarnetNotes
import Support
import Testing

/// What concerns the guarantee fund: changes, reconversions, moves of euros.
@Suite struct EuroTests {
  private func euros(_ town: Town, _ account: SystemAccount) -> Int64 {
    town.state.balance(of: AccountID(account, .euro))
  }

  @Test("a change gives units and books the euros that came in")
  func change() throws {
    let town = try Town()
    for signer in [town.officer, town.teller] {
      let reference = "VIR \(signer.number)"
      let record = try town.accept(.change(10_000, to: town.alice, reference), by: signer)
      #expect(
        record.postings.legs == [
          Posting(AccountID(town.alice.number, Town.mel), 10_000),
          Posting(AccountID(.circulation, Town.mel), -10_000),
          Posting(AccountID(.reserve, .euro), 10_000), Posting(AccountID(.outside, .euro), -10_000),
        ])
    }
    #expect(town.state.circulation(of: Town.mel) == 20_000 && euros(town, .reserve) == 20_000)
  }

  @Test("a bank reference is taken until its change is wholly reversed; a refused change takes none")
  func reference() throws {
    let town = try Town()
    let stranger = town.place.person()
    #expect(
      try town.refusal(.change(5, to: stranger, "VIR 1"), by: town.officer)
        == .unknownMember(.member(stranger.number)))
    let record = try town.accept(.change(5, to: town.alice, "VIR  1"), by: town.officer)
    #expect(try town.refusal(.change(6, to: town.bob, "VIR 1"), by: town.teller) == .duplicateReference)
    try town.accept(.reverse(record.number, 5, town.text("wrong member")), by: town.officer)
    try town.accept(.change(5, to: town.bob, "VIR 1"), by: town.officer)
    #expect(try town.refusal(.change(5, to: town.bob, "VIR 1"), by: town.officer) == .duplicateReference)
  }

  @Test("a change is for active members, in a backed currency, within the ceiling")
  func changeRefused() throws {
    let town = try Town()
    #expect(try town.refusal(.change(5, to: town.alice, "A"), by: town.alice) == .roleMissing)
    #expect(
      try town.refusal(.change(5, to: town.alice, "A", in: Town.min), by: town.officer)
        == .currencyMismatch(Town.min))
    #expect(
      try town.refusal(.change(5, to: town.alice, "A", in: .euro), by: town.officer)
        == .currencyMismatch(.euro))
    try town.accept(.limits(nil, 100, of: town.alice, in: Town.mel), by: town.officer)
    #expect(
      try town.refusal(.change(101, to: town.alice, "A"), by: town.officer)
        == .ceilingExceeded(AccountID(town.alice.number, Town.mel), room: 100))
    try town.accept(.change(100, to: town.alice, "A"), by: town.officer)
    try town.setStatus(.suspended, of: town.alice)
    #expect(
      try town.refusal(.change(5, to: town.alice, "B"), by: town.officer)
        == .suspended(.member(town.alice.number)))
    #expect(try town.refusal(.change(5, to: town.alice, "A"), by: town.officer) == .duplicateReference)
  }

  @Test("the fund's own accounts do not overflow")
  func changeOverflow() throws {
    let town = try Town()
    try town.fund(town.alice, Quantity.max)
    #expect(try town.refusal(.change(1, to: town.bob, "B"), by: town.officer) == .overflow)
  }

  @Test(
    "a reconversion pays out what the fee leaves, and posts no leg of zero",
    arguments: [(0, 1_001, 0), (500, 1_001, 50), (500, 19, 0), (500, 20, 1), (10_000, 1_001, 1_001)])
  func reconversion(_ rate: Int64, _ amount: Int64, _ fee: Int64) throws {
    let town = try Town()
    try town.accreditBakery()
    try town.set(.reconversionFee, rate)
    try town.fund(town.bakery, 2_000)
    for wrong in [fee - 1, fee + 1] where wrong >= 0 {
      #expect(
        try town.refusal(.reconvert(amount, fee: wrong), by: town.bakery, with: [town.officer])
          == .feeDiffers(expected: fee))
    }
    let record = try town.accept(.reconvert(amount, fee: fee), by: town.bakery, with: [town.officer])
    let legs = [
      (AccountID(town.bakery.number, Town.mel), -amount), (AccountID(.circulation, Town.mel), amount),
      (AccountID(.reserve, .euro), -amount), (AccountID(.outside, .euro), amount - fee),
      (AccountID(.fees, .euro), fee),
    ]
    #expect(record.postings.legs == legs.filter { $0.1 != 0 }.map { Posting($0.0, $0.1) })
  }

  @Test("the fee of the largest amount is counted in 128 bits")
  func largestFee() throws {
    let town = try Town()
    try town.accreditBakery()
    try town.set(.reconversionFee, 9_999)
    try town.fund(town.bakery, Quantity.max)
    // ⌊9007199254740991 × 9999 / 10000⌋, computed by a separate program.
    try town.accept(
      .reconvert(Quantity.max, fee: 9_006_298_534_815_516), by: town.bakery, with: [town.teller])
    #expect(town.balance(town.bakery, Town.mel) == 0 && euros(town, .fees) == 9_006_298_534_815_516)
  }

  @Test("a reconversion takes an accredited, active business and someone else who administers")
  func reconversionSigners() throws {
    let town = try Town()
    try town.fund(town.bakery, 1_000)
    let order = CarnetLedger.Operation.reconvert(100, fee: 0)
    #expect(try town.refusal(order, by: town.bakery, with: [town.officer]) == .notAccredited)
    try town.accreditBakery()
    #expect(try town.refusal(order, by: town.alice, with: [town.officer]) == .notAccredited)
    let lonely = Refusal.signaturesMissing(counted: 1, needed: 1)
    #expect(try town.refusal(order, by: town.bakery) == lonely)
    #expect(try town.refusal(order, by: town.bakery, with: [town.alice]) == lonely)
    try town.accept(.role([.teller], of: town.bakery), by: town.officer)
    #expect(try town.refusal(order, by: town.bakery) == lonely)
    let record = try town.accept(order, by: town.bakery, with: [town.alice, town.teller])
    #expect(record.signers.map(\.member) == [town.bakery.number, town.teller.number])
    try town.setStatus(.suspended, of: town.bakery)
    #expect(
      try town.refusal(order, by: town.bakery, with: [town.officer])
        == .suspended(.member(town.bakery.number)))
  }

  @Test("a reconversion gives back what is there, of a backed currency")
  func reconversionRefused() throws {
    let town = try Town()
    try town.accreditBakery()
    try town.fund(town.bakery, 1_000)
    #expect(
      try town.refusal(.reconvert(1_001, fee: 0), by: town.bakery, with: [town.officer])
        == .insufficientFunds(AccountID(town.bakery.number, Town.mel), available: 1_000))
    #expect(
      try town.refusal(.reconvert(1, fee: 0, in: Town.min), by: town.bakery, with: [town.officer])
        == .currencyMismatch(Town.min))
    #expect(
      try town.refusal(.reconvert(1, fee: 1, in: Town.min), by: town.bakery, with: [town.officer])
        == .feeDiffers(expected: 0))
    try town.accept(.reconvert(1_000, fee: 0), by: town.bakery, with: [town.officer])
    #expect(euros(town, .reserve) == 0)
  }

  @Test("what circulates stays covered by the reserve, to the cent")
  func reserve() throws {
    let town = try Town()
    try town.fund(town.alice, 1_000)
    let reserve = AccountID(.reserve, .euro)
    #expect(
      try town.refusal(.move(1, from: .reserve, to: .outside), by: town.officer)
        == .insufficientFunds(reserve, available: 0))
    try town.accept(.move(50, from: .outside, to: .reserve), by: town.officer)
    #expect(
      try town.refusal(.move(51, from: .reserve, to: .fees), by: town.officer)
        == .insufficientFunds(reserve, available: 50))
    try town.accept(.move(50, from: .reserve, to: .fees), by: town.officer)
    #expect(
      try town.refusal(.move(51, from: .fees, to: .outside), by: town.officer)
        == .insufficientFunds(AccountID(.fees, .euro), available: 50))
    try town.accept(.move(50, from: .fees, to: .outside), by: town.officer)
    #expect(euros(town, .reserve) == 1_000 && euros(town, .fees) == 0 && euros(town, .outside) == -1_000)
  }

  @Test("one reserve covers all backed currencies together")
  func twoCurrencies() throws {
    let town = try Town()
    try town.accept(
      .currency(Town.currency("SOL", .backed, BalanceLimits(floor: 0, ceiling: nil))), by: town.officer)
    try town.fund(town.alice, 600)
    try town.accept(.change(400, to: town.bob, "SOL 1", in: Town.code("SOL")), by: town.officer)
    #expect(euros(town, .reserve) == 1_000 && town.state.book.issued == 1_000)
    #expect(
      try town.refusal(.move(1, from: .reserve, to: .fees), by: town.officer)?.code == "insufficient-funds")
  }

  @Test("euros move between two accounts, by officers, once there are euros")
  func moves() throws {
    let town = try Town()
    #expect(try town.refusal(.move(1, from: .fees, to: .fees), by: town.officer) == .sameAccount)
    #expect(try town.refusal(.move(1, from: .outside, to: .fees), by: town.teller) == .roleMissing)
    var place = Place(seed: 9)
    var bare = try Books(&place, at: Town.start)
    #expect(throws: Refusal.currencyMismatch(.euro)) {
      try bare.accept(.move(1, from: .outside, to: .fees), by: place.officer, in: &place)
    }
  }
}
