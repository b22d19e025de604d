import CarnetLedger
import CarnetNotes
import Support
import Testing

/// A town in March: everyone has something, and the bank holds what it should.
struct ClosingTown {
  let town: Town
  let cutoff: UInt64
  let tree: ClosingTree

  static let secret = Digest.sha256([42])

  init() throws {
    town = try Town()
    try town.fund(town.alice, 10_000)
    try town.fund(town.bakery, 2_500)
    try town.accept(.pay(3_000, Town.mel, to: town.bob), by: town.alice)
    try town.accept(.pay(700, Town.min, to: town.bakery), by: town.bob)
    try town.accept(.pay(100, Town.min, to: town.bakery), by: town.alice)
    try town.accept(.payCommons(250, Town.mel), by: town.bob)
    cutoff = try town.accept(
      .cutoff(CutoffOrder(period: Samples.period("2026-03"))), by: town.officer
    ).number
    let book = town.state.book
    tree = try ClosingTree(
      origin: town.place.origin, cutoff: cutoff, secret: ClosingTown.secret,
      balances: Array(zip(book.accounts, book.balances)))
  }

  func attestation(_ amount: Int64) -> Closing.Attestation {
    Closing.Attestation(amount: amount, date: Samples.date("2026-03-31"), statement: Samples.hash)
  }

  /// The closing as it should be, with whatever is to be wrong.
  func closing(
    cutoff: UInt64? = nil, totals: [ClosingTotal]? = nil, state: Digest? = nil, attested: Int64? = 12_500,
    reason: Digest? = nil
  ) throws -> CarnetLedger.Operation {
    let known = try #require(town.state.cutoffs[self.cutoff])
    return .closing(
      Closing(
        cutoff: cutoff ?? self.cutoff, totals: totals ?? tree.totals, state: state ?? known.state,
        attested: attested.map(attestation), reason: reason))
  }

  func refusal(_ closing: CarnetLedger.Operation) throws -> Refusal? {
    try town.refusal(closing, by: town.officer)
  }
}

@Suite struct ClosingRulesTests {
  @Test("a cutoff keeps the sums behind its own record, and later payments do not touch them")
  func sums() throws {
    let closing = try ClosingTown()
    let town = closing.town
    try town.accept(.pay(1, Town.mel, to: town.bob), by: town.alice)
    let cutoff = try #require(town.state.cutoffs[closing.cutoff])
    #expect(cutoff.number == closing.cutoff && cutoff.reserve == 12_500 && cutoff.covered == 12_500)
    let mel = try #require(cutoff.sums.first { $0.currency == Town.mel })
    #expect((mel.positive, mel.negative, mel.circulation) == (12_500, 0, 12_500))
    let min = try #require(cutoff.sums.first { $0.currency == Town.min })
    #expect((min.positive, min.negative, min.circulation) == (800, 800, 0))
  }

  @Test("a closing of the right totals is recorded once")
  func closed() throws {
    let closing = try ClosingTown()
    let record = try closing.town.accept(closing.closing(), by: closing.town.officer)
    #expect(record.postings == .none)
    #expect(closing.town.state.cutoffs[closing.cutoff]?.closedIn == record.number)
    #expect(try closing.refusal(closing.closing(attested: 12_501)) == .alreadyClosed)
  }

  @Test("each thing that is wrong has its refusal")
  func refusals() throws {
    let closing = try ClosingTown()
    #expect(try closing.refusal(closing.closing(cutoff: 1)) == .unknownCutoff)
    #expect(try closing.refusal(closing.closing(state: Samples.hash)) == .stateDiffers)
    var totals = closing.tree.totals
    let last = totals.removeLast()
    #expect(try closing.refusal(closing.closing(totals: totals)) == .totalsDiffer(Town.min))
    totals.append(
      ClosingTotal(
        currency: last.currency, sign: last.sign, leaves: last.leaves, total: last.total - 1, root: last.root)
    )
    #expect(try closing.refusal(closing.closing(totals: totals)) == .totalsDiffer(Town.min))
    let foreign = ClosingTotal(
      currency: Town.code("SOL"), sign: .plus, leaves: 1, total: 0, root: Samples.hash)
    #expect(
      try closing.refusal(closing.closing(totals: closing.tree.totals + [foreign]))
        == .totalsDiffer(Town.code("SOL")))
    #expect(try closing.refusal(closing.closing(attested: 12_499)) == .reserveTooLow(needed: 12_500))
    #expect(try closing.refusal(closing.closing(attested: nil)) == .reserveTooLow(needed: 12_500))
    #expect(try closing.refusal(closing.closing(attested: 12_600)) == .reasonMissing)
    let reason = closing.town.text("frais du mois à venir")
    try closing.town.accept(closing.closing(attested: 12_600, reason: reason), by: closing.town.officer)
  }

  @Test("a place without a backed currency attests nothing")
  func mutual() throws {
    var place = Place()
    var books = try Books(&place, at: Town.start)
    let (alice, bob) = (place.person(), place.person())
    try books.accept(
      .currency(Town.currency("MIN", .mutual, BalanceLimits(floor: -100, ceiling: nil))), by: place.officer,
      in: &place)
    for person in [alice, bob] { try books.accept(place.enrolment(of: person, at: books.now)) }
    try books.accept(.pay(30, Town.min, to: bob), by: alice, in: &place)
    let cutoff = try books.accept(
      .cutoff(CutoffOrder(period: Samples.period("2026"))), by: place.officer, in: &place)
    let tree = try ClosingTree(
      origin: place.origin, cutoff: cutoff.number, secret: ClosingTown.secret,
      balances: Array(zip(books.state.book.accounts, books.state.book.balances)))
    let state = try #require(books.state.cutoffs[cutoff.number]).state
    try books.accept(
      .closing(
        Closing(cutoff: cutoff.number, totals: tree.totals, state: state, attested: nil, reason: nil)),
      by: place.officer, in: &place)
    #expect(books.state.cutoffs[cutoff.number]?.closedIn == cutoff.number + 1)
  }

  @Test("the hash of the state sees each part of it")
  func canonical() throws {
    func state(_ change: (Town) throws -> Void) throws -> Digest {
      let town = try Town()
      try change(town)
      let record = try town.accept(
        .cutoff(CutoffOrder(period: Samples.period("2026"))), by: town.officer)
      return try #require(town.state.cutoffs[record.number]).state
    }
    let hashes = try [
      state { try $0.accept(.pay(1, Town.min, to: $0.bob), by: $0.alice) },
      state { try $0.accept(.pay(2, Town.min, to: $0.bob), by: $0.alice) },
      state { try $0.accept(.limits(nil, 5, of: $0.alice, in: Town.min), by: $0.officer) },
      state { try $0.setStatus(.suspended, of: $0.alice) },
      state { try $0.set(.keyDelay, 86_400) },
      state { try $0.accept(.addKey($0.place.person().key.publicKey, of: $0.alice), by: $0.alice) },
      state { try $0.accept(.role([.auditor], of: $0.alice), by: $0.officer) },
      state { try $0.accreditBakery() },
      state {
        try $0.accept(.card(CardChange(number: $0.bob.number, card: $0.card("robert"))), by: $0.officer)
      },
    ]
    #expect(Set(hashes).count == hashes.count)
  }
}
