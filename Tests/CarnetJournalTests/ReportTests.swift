import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetJournal

@Suite struct ReportTests {
  @Test(
    "the Gini coefficient of sets that can be worked out by hand",
    arguments: [
      ([7, 7, 7, 7, 7], 0), ([0, 0, 1, 1, 1, 1, 1], 0), ([1, 2, 3, 4, 5], 2_666),
      ([1, 1, 1, 1, 96], 7_600), ([1, 1, 1, 1, 1, 1, 1, 1, 1, 991], 8_910),
    ] as [([Int64], Int64)])
  func gini(_ balances: [Int64], _ expected: Int64) throws {
    #expect(try #require(BalanceSpread(balances.shuffled())).gini == expected)
  }

  @Test("the curve steps over at least five accounts, and four balances give none")
  func curve() throws {
    #expect(BalanceSpread([1, 2, 3, 4]) == nil && BalanceSpread([1, 2, 3, 4, 0, -5]) == nil)
    let spread = try #require(BalanceSpread(Array(1...12)))
    #expect(
      spread.curve == [
        .init(accounts: 0, units: 0), .init(accounts: 5_000, units: 2_692),
        .init(accounts: 10_000, units: 10_000),
      ])
    // Sums beyond 64 bits do not overflow.
    #expect(BalanceSpread(Array(repeating: Quantity.max, count: 5_000))?.gini == 0)
  }

  @Test("groups of balances hold five accounts each, on both sides of every bound")
  func groups() {
    #expect(BalanceGroup.groups(of: [1, 2, 3, 4], scale: 0).isEmpty)
    let five = BalanceGroup.groups(of: [-1, 0, 9, 50, 6_000], scale: 0)
    #expect(five == [BalanceGroup(from: nil, below: nil, accounts: 5)])
    let two = BalanceGroup.groups(
      of: Array(repeating: 0, count: 5) + Array(repeating: 100, count: 5), scale: 2)
    #expect(
      two == [
        BalanceGroup(from: nil, below: 100, accounts: 5), BalanceGroup(from: 100, below: nil, accounts: 5),
      ])
    let joined = BalanceGroup.groups(of: [0, 0, 0, 0, 0, 20, 20, 20, 20], scale: 0)
    #expect(joined == [BalanceGroup(from: nil, below: nil, accounts: 9)])
  }

  @Test("months follow each other over the turn of a year")
  func labels() {
    #expect(
      FigureCounter.label(after: "2025-12") == "2026-01" && FigureCounter.label(after: "2026-01") == "2026-02"
    )
    #expect(FigureCounter.label(after: "2025-09") == "2025-10")
  }

  /// Alice, Bob … in a backed currency, each with 100.00.
  private func town(_ names: [String]) throws -> (TestLedger, [Place.Person]) {
    var ledger = try TestLedger(kind: .backed)
    var people: [Place.Person] = []
    for (index, name) in names.enumerated() {
      let person = try ledger.join(name)
      let change = Change(
        to: person.number, currency: ledger.currency, amount: 10_000,
        reference: Digest.sha256([UInt8(index)]))
      try ledger.submit(.change(change), by: ledger.place.officer)
      people.append(person)
    }
    return (ledger, people)
  }

  @Test("months, reversals and what is not shown, against figures worked out by hand")
  func months() throws {
    var (ledger, people) = try town(["a", "b", "c", "d", "e"])
    var report = try PlaceReport.make(of: ledger.path)
    var month = try #require(report.currencies.first?.months.last)
    #expect((month.label, month.circulation, month.reserve) == ("2026-01", 50_000, 50_000))
    #expect(month.issued == 50_000 && month.redeemed == 0 && month.volume == 0 && month.active == 0)
    // Four accounts take part: nothing is shown. With the fifth it is, the refund taken off.
    try ledger.submit(ledger.payment(of: 1_000, to: people[1]), by: people[0])
    let refunded = try ledger.submit(ledger.payment(of: 700, to: people[3]), by: people[2]).record.number
    month = try #require(try PlaceReport.make(of: ledger.path).currencies.first?.months.last)
    #expect(month.volume == nil && month.active == nil)
    try ledger.submit(ledger.payment(of: 300, to: people[4]), by: people[0])
    try ledger.submit(.reversal(Reversal(record: refunded, amount: 200, reason: nil)), by: people[3])
    month = try #require(try PlaceReport.make(of: ledger.path).currencies.first?.months.last)
    #expect(month.volume == 1_800 && month.active == 5)
    // Two months on; the month between is there, with nothing in it.
    ledger.clock.now = Timestamp(milliseconds: TestLedger.start.milliseconds).adding(seconds: 62 * 86_400)
    try ledger.submit(
      .card(CardChange(number: ledger.place.officer.number, card: try card().hash)),
      by: ledger.place.officer, saltedText: try card())
    report = try PlaceReport.make(of: ledger.path)
    let figures = try #require(report.currencies.first)
    #expect(figures.months.map(\.label) == ["2026-01", "2026-02", "2026-03"])
    #expect(figures.months[1].volume == 0 && figures.months[1].circulation == 50_000)
    let velocity = try #require(figures.velocity)
    // 1800 × 3 / 150000 = 0.036
    #expect((velocity.volume, velocity.circulations, velocity.hundredths) == (1_800, 150_000, 3))
    #expect(figures.balances == [BalanceGroup(from: nil, below: nil, accounts: 5)])
    let sums = Dictionary(grouping: figures.trialBalance, by: \.currency)
      .mapValues { $0.reduce(0) { $0 + $1.balance } }
    #expect(sums.values.allSatisfy { $0 == 0 } && sums.count == 2)
    ledger.journal.close()
  }

  private func card() throws -> SubmittedText {
    try #require(
      SubmittedText(salt: Array(repeating: 1, count: 32), text: Card(handle: Handle("officer")).text))
  }

  @Test("with four members nothing of the spread is shown, and the velocity neither")
  func few() throws {
    var (ledger, people) = try town(["a", "b", "c", "d"])
    for payer in 0..<4 {
      try ledger.submit(ledger.payment(of: 10, to: people[(payer + 1) % 4]), by: people[payer])
    }
    let figures = try #require(try PlaceReport.make(of: ledger.path).currencies.first)
    #expect(figures.balances.isEmpty && figures.spread == nil && figures.velocity == nil)
    let month = try #require(figures.months.last)
    #expect(month.issued == nil && month.volume == nil && month.active == nil && month.circulation == 40_000)
    ledger.journal.close()
  }

  @Test("a month's volume up to what 64 bits hold is shown, and one beyond is refused, not wrapped")
  func largest() throws {
    var ledger = try TestLedger(floor: -Quantity.max)
    let people = try ["a", "b", "c", "d", "e"].map { try ledger.join($0) }
    let currency = try #require(ledger.journal.read { $0.currencies }.first)
    var counter = FigureCounter(currency)
    try counter.advance(to: ledger.clock.now, reserve: 0)
    var volume: Int64 = 0
    func pay(_ amount: Int64, _ payer: Int, _ payee: Int) throws -> Record {
      try ledger.submit(ledger.payment(of: amount, to: people[payee]), by: people[payer]).record
    }
    func count(_ record: Record, _ amount: Int64) {
      counter.take(record, undoing: nil)
      volume += amount
    }
    for payer in 1..<5 { count(try pay(1, payer, 0), 1) }
    // Back and forth, each time nearly the most that one payment moves; the last one fills 64 bits.
    let most = Quantity.max - 10
    let (there, back) = (try pay(most, 0, 1), try pay(most, 1, 0))
    for number in 0..<1_024 { count(number.isMultiple(of: 2) ? there : back, most) }
    count(try pay(Int64.max - volume, 0, 1), Int64.max - volume)
    var (full, beyond) = (counter, counter)
    #expect(try full.figures(reserve: 0, euros: [:]).months.last?.volume == .max)
    beyond.take(try pay(1, 2, 3), undoing: nil)
    #expect(throws: Refusal.overflow) { try beyond.figures(reserve: 0, euros: [:]) }
    ledger.journal.close()
  }
}
