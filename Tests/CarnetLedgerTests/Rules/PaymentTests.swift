import CarnetLedger
import CarnetNotes
import Support
import Testing

@Suite struct PaymentTests {
  @Test("a payment and a cheque take from the payer and give to the payee")
  func moves() throws {
    let town = try Town()
    let record = try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice)
    #expect(
      record.postings.legs == [
        Posting(AccountID(town.alice.number, Town.min), -300),
        Posting(AccountID(town.bob.number, Town.min), 300),
      ])
    let cheque = Payment(
      to: .member(town.alice.number), currency: Town.min, amount: 100, request: nil, memo: town.text("merci"))
    try town.accept(.cheque(cheque), by: town.bob)
    #expect(town.balance(town.alice, Town.min) == -200 && town.balance(town.bob, Town.min) == 200)
  }

  @Test("the commons can be paid in either kind of currency")
  func commons() throws {
    let town = try Town()
    try town.fund(town.alice, 500)
    try town.accept(.payCommons(200, Town.mel), by: town.alice)
    try town.accept(.payCommons(70, Town.min), by: town.alice)
    #expect(town.state.balance(of: AccountID(.commons, Town.mel)) == 200)
    #expect(town.state.balance(of: AccountID(.commons, Town.min)) == 70)
    #expect(town.state.circulation(of: Town.mel) == 500)
  }

  @Test("the whole balance can be paid, one more cannot")
  func funds() throws {
    let town = try Town()
    try town.fund(town.alice, 10_000)
    let account = AccountID(town.alice.number, Town.mel)
    #expect(
      try town.refusal(.pay(10_001, Town.mel, to: town.bob), by: town.alice)
        == .insufficientFunds(account, available: 10_000))
    try town.accept(.pay(10_000, Town.mel, to: town.bob), by: town.alice)
    #expect(
      try town.refusal(.pay(1, Town.mel, to: town.bob), by: town.alice)
        == .insufficientFunds(account, available: 0))
  }

  @Test("a balance reaches floor and ceiling, and passes neither")
  func limits() throws {
    let town = try Town(minLimits: BalanceLimits(floor: -1_000, ceiling: 800))
    #expect(
      try town.refusal(.pay(1_001, Town.min, to: town.bob), by: town.alice)
        == .insufficientFunds(AccountID(town.alice.number, Town.min), available: 1_000))
    #expect(
      try town.refusal(.pay(801, Town.min, to: town.bob), by: town.alice)
        == .ceilingExceeded(AccountID(town.bob.number, Town.min), room: 800))
    try town.accept(.pay(800, Town.min, to: town.bob), by: town.alice)
    #expect(
      try town.refusal(.pay(1, Town.min, to: town.bob), by: town.alice)
        == .ceilingExceeded(AccountID(town.bob.number, Town.min), room: 0))
    try town.accept(.pay(200, Town.min, to: town.bakery), by: town.alice)
    #expect(town.balance(town.alice, Town.min) == -1_000)
  }

  @Test("a balance outside limits that moved may only move towards them")
  func outsideLimits() throws {
    let town = try Town()
    try town.accept(.pay(500, Town.min, to: town.bob), by: town.alice)
    try town.accept(.limits(-100, nil, of: town.alice, in: Town.min), by: town.officer)
    try town.accept(.limits(nil, 200, of: town.bob, in: Town.min), by: town.officer)
    #expect(
      try town.refusal(.pay(1, Town.min, to: town.bakery), by: town.alice)
        == .insufficientFunds(AccountID(town.alice.number, Town.min), available: 0))
    #expect(
      try town.refusal(.pay(1, Town.min, to: town.bob), by: town.bakery)
        == .ceilingExceeded(AccountID(town.bob.number, Town.min), room: 0))
    try town.accept(.pay(1, Town.min, to: town.alice), by: town.bob)
    #expect(town.balance(town.alice, Town.min) == -499 && town.balance(town.bob, Town.min) == 499)
  }

  @Test("a balance beyond what all programs count exactly is refused")
  func overflow() throws {
    let town = try Town(minLimits: BalanceLimits(floor: nil, ceiling: nil))
    try town.accept(.pay(Quantity.max, Town.min, to: town.bob), by: town.alice)
    #expect(try town.refusal(.pay(1, Town.min, to: town.bob), by: town.bakery) == .overflow)
    #expect(try town.refusal(.pay(1, Town.min, to: town.bakery), by: town.alice) == .overflow)
    try town.accept(.pay(1, Town.min, to: town.alice), by: town.bob)
  }

  @Test("who is unknown, suspended or closed takes no part")
  func parties() throws {
    let town = try Town()
    let stranger = town.place.person()
    #expect(
      try town.refusal(.pay(1, Town.min, to: stranger), by: town.alice)
        == .unknownMember(.member(stranger.number)))
    for status in [MemberStatus.suspended, .closed] {
      try town.setStatus(status, of: town.bob)
      #expect(
        try town.refusal(.pay(1, Town.min, to: town.bob), by: town.alice)
          == .suspended(.member(town.bob.number)))
      #expect(
        try town.refusal(.pay(1, Town.min, to: town.alice), by: town.bob)
          == .suspended(.member(town.bob.number)))
    }
    try town.setStatus(.active, of: town.bob)
    try town.accept(.pay(1, Town.min, to: town.alice), by: town.bob)
  }

  @Test("nobody pays themself, in a currency that is none, or a request that nobody made")
  func senseless() throws {
    let town = try Town()
    #expect(try town.refusal(.pay(1, Town.min, to: town.alice), by: town.alice) == .sameAccount)
    for code in [Town.code("XYZ"), .euro] {
      #expect(try town.refusal(.pay(1, code, to: town.bob), by: town.alice) == .currencyMismatch(code))
      #expect(try town.refusal(.payCommons(1, code), by: town.alice) == .currencyMismatch(code))
    }
    #expect(
      try town.refusal(.pay(1, Town.min, to: town.bob, request: Samples.hash), by: town.alice)
        == .unknownRequest)
  }

  @Test("of several reasons the first of PROTOCOL, section 5, is given")
  func precedence() throws {
    let town = try Town()
    let stranger = town.place.person()
    let nowhere = Town.code("XYZ")
    try town.accept(.limits(nil, 0, of: town.bob, in: Town.min), by: town.officer)
    #expect(
      try town.refusal(.pay(2_000, Town.min, to: town.bob), by: town.alice)?.code == "insufficient-funds")
    #expect(try town.refusal(.pay(1, nowhere, to: town.alice), by: town.alice)?.code == "same-account")
    #expect(
      try town.refusal(.pay(1, nowhere, to: town.alice, request: Samples.hash), by: town.alice)?.code
        == "unknown-request")
    try town.setStatus(.suspended, of: town.alice)
    #expect(
      try town.refusal(.pay(1, nowhere, to: town.alice, request: Samples.hash), by: town.alice)?.code
        == "suspended")
    #expect(
      try town.refusal(.pay(1, nowhere, to: stranger, request: Samples.hash), by: town.alice)?.code
        == "unknown-member")
  }
}
