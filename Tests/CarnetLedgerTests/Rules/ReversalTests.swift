import CarnetLedger
import CarnetNotes
import Support
import Testing

@Suite struct ReversalTests {
  @Test("a payee refunds whole or in parts, never more than was paid")
  func refund() throws {
    let town = try Town()
    let paid = try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice).number
    let record = try town.accept(.reverse(paid, 100), by: town.bob)
    #expect(
      record.postings.legs == [
        Posting(AccountID(town.alice.number, Town.min), 100),
        Posting(AccountID(town.bob.number, Town.min), -100),
      ])
    #expect(
      try town.refusal(.reverse(paid, 201), by: town.bob)
        == .reversalExceeds(left: Amount(minorUnits: 200, currency: Town.min)))
    try town.accept(.reverse(paid, 200), by: town.bob)
    #expect(
      try town.refusal(.reverse(paid, 1), by: town.bob)
        == .reversalExceeds(left: Amount(minorUnits: 0, currency: Town.min)))
    #expect(town.balance(town.alice, Town.min) == 0 && town.balance(town.bob, Town.min) == 0)
  }

  @Test("a cheque is refunded like a payment")
  func cheque() throws {
    let town = try Town()
    let cheque = Payment(
      to: .member(town.bob.number), currency: Town.min, amount: 40, request: nil, memo: nil)
    let paid = try town.accept(.cheque(cheque), by: town.alice).number
    try town.accept(.reverse(paid, 40), by: town.bob)
    #expect(town.balance(town.alice, Town.min) == 0)
  }

  @Test("an officer reverses with a reason; the payer and others do not at all")
  func officer() throws {
    let town = try Town()
    let paid = try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice).number
    for person in [town.alice, town.bakery, town.teller] {
      #expect(try town.refusal(.reverse(paid, 300), by: person) == .roleMissing)
    }
    #expect(try town.refusal(.reverse(paid, 300), by: town.officer) == .reasonMissing)
    try town.accept(.reverse(paid, 120, town.text("wrong price")), by: town.officer)
    #expect(town.balance(town.bob, Town.min) == 180)
  }

  @Test("an officer who was paid refunds without a reason")
  func officerAsPayee() throws {
    let town = try Town()
    let paid = try town.accept(.pay(30, Town.min, to: town.officer), by: town.alice).number
    try town.accept(.reverse(paid, 30), by: town.officer)
    #expect(town.balance(town.officer, Town.min) == 0)
  }

  @Test("what was paid to the commons is reversed by officers only")
  func commons() throws {
    let town = try Town()
    let paid = try town.accept(.payCommons(30, Town.min), by: town.alice).number
    #expect(try town.refusal(.reverse(paid, 30), by: town.alice) == .roleMissing)
    try town.accept(.reverse(paid, 30, town.text("by mistake")), by: town.officer)
    #expect(town.state.balance(of: AccountID(.commons, Town.min)) == 0)
  }

  @Test("a change is reversed whole, once, with a reason, while the units are there")
  func change() throws {
    let town = try Town()
    let record = try town.fund(town.alice, 500)
    let reason = town.text("no such transfer")
    #expect(try town.refusal(.reverse(record.number, 500), by: town.officer) == .reasonMissing)
    #expect(try town.refusal(.reverse(record.number, 500, reason), by: town.alice) == .roleMissing)
    for wrong: Int64 in [499, 501] {
      #expect(
        try town.refusal(.reverse(record.number, wrong, reason), by: town.officer)
          == .amountDiffers(expected: Amount(minorUnits: 500, currency: Town.mel)))
    }
    try town.accept(.pay(1, Town.mel, to: town.bob), by: town.alice)
    #expect(
      try town.refusal(.reverse(record.number, 500, reason), by: town.officer)
        == .insufficientFunds(AccountID(town.alice.number, Town.mel), available: 499))
    try town.accept(.pay(1, Town.mel, to: town.alice), by: town.bob)
    let undone = try town.accept(.reverse(record.number, 500, reason), by: town.officer)
    #expect(undone.postings.legs == record.postings.legs.map { Posting($0.account, -$0.amount) })
    #expect(
      try town.refusal(.reverse(record.number, 500, reason), by: town.officer)
        == .reversalExceeds(left: Amount(minorUnits: 0, currency: Town.mel)))
  }

  @Test("a reconversion is reversed whole, fee included, while the fee is there")
  func reconversion() throws {
    let town = try Town()
    try town.accreditBakery()
    try town.set(.reconversionFee, 500)
    try town.fund(town.bakery, 1_000)
    let record = try town.accept(.reconvert(1_000, fee: 50), by: town.bakery, with: [town.officer])
    let reason = town.text("the bank sent it back")
    #expect(
      try town.refusal(.reverse(record.number, 950, reason), by: town.officer)
        == .amountDiffers(expected: Amount(minorUnits: 1_000, currency: Town.mel)))
    try town.accept(.move(1, from: .fees, to: .outside), by: town.officer)
    #expect(
      try town.refusal(.reverse(record.number, 1_000, reason), by: town.officer)
        == .insufficientFunds(AccountID(.fees, .euro), available: 49))
    try town.accept(.move(1, from: .outside, to: .fees), by: town.officer)
    let undone = try town.accept(.reverse(record.number, 1_000, reason), by: town.officer)
    #expect(undone.postings.legs == record.postings.legs.map { Posting($0.account, -$0.amount) })
    #expect(town.balance(town.bakery, Town.mel) == 1_000 && town.state.circulation(of: Town.mel) == 1_000)
  }

  @Test("nothing else is reversed, not a reversal either")
  func others() throws {
    let town = try Town()
    let paid = try town.accept(.pay(10, Town.min, to: town.bob), by: town.alice).number
    let refund = try town.accept(.reverse(paid, 5), by: town.bob).number
    let moved = try town.accept(.move(5, from: .outside, to: .fees), by: town.officer).number
    let reason = town.text("mistake")
    for number in [0, 1, 3, refund, moved] {
      #expect(try town.refusal(.reverse(number, 5, reason), by: town.officer) == .notReversible)
    }
  }

  @Test("a record that is not there is not reversed")
  func unknown() throws {
    let town = try Town()
    for number in [town.state.size, UInt64.max] {
      #expect(try town.refusal(.reverse(number, 5, town.text("?")), by: town.officer) == .unknownRecord)
      #expect(try town.refusal(.reverse(number, 5), by: town.alice) == .unknownRecord)
    }
  }

  @Test("a reversal ignores ceilings and keeps floors")
  func limits() throws {
    let town = try Town()
    let paid = try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice).number
    try town.accept(.limits(nil, -300, of: town.alice, in: Town.min), by: town.officer)
    try town.accept(.limits(200, nil, of: town.bob, in: Town.min), by: town.officer)
    #expect(
      try town.refusal(.reverse(paid, 101), by: town.bob)
        == .insufficientFunds(AccountID(town.bob.number, Town.min), available: 100))
    try town.accept(.reverse(paid, 100), by: town.bob)
    #expect(town.balance(town.alice, Town.min) == -200)
  }

  @Test("an officer mends what concerns a suspended member, nobody what concerns a closed one")
  func parties() throws {
    let town = try Town()
    let paid = try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice).number
    try town.setStatus(.suspended, of: town.alice)
    #expect(try town.refusal(.reverse(paid, 10), by: town.bob) == .suspended(.member(town.alice.number)))
    try town.accept(.reverse(paid, 300, town.text("fraud")), by: town.officer)
    let other = try town.accept(.pay(10, Town.min, to: town.bakery), by: town.bob).number
    try town.setStatus(.suspended, of: town.bakery)
    #expect(try town.refusal(.reverse(other, 10), by: town.bakery) == .suspended(.member(town.bakery.number)))
    try town.setStatus(.closed, of: town.alice)
    #expect(
      try town.refusal(.reverse(paid, 1, town.text("again")), by: town.officer)
        == .suspended(.member(town.alice.number)))
  }
}
