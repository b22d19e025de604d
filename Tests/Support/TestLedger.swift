package import CarnetJournal
package import CarnetLedger
package import CarnetNotes

/// A ledger in a folder of its own, with a place that signs for it.
package struct TestLedger {
  package let folder: TemporaryFolder
  package let clock: TestClock
  package var place: Place
  package let journal: Journal
  package let currency: CurrencyCode

  package static let start = Timestamp(milliseconds: 1_767_225_600_000)

  package var path: String { folder.file("ledger") }

  /// Founds a ledger and opens one currency.
  package init(kind: CurrencyKind = .mutual, floor: Int64 = -10_000, seed: UInt64 = 1) throws {
    folder = try TemporaryFolder()
    clock = TestClock(TestLedger.start)
    place = Place(seed: seed)
    let secrets = LedgerSecrets(keys: [place.ledgerKey], referenceSecret: Array(repeating: 7, count: 32))
    try Journal.create(
      at: folder.file("ledger"), genesis: place.genesis(at: clock.now), secrets: secrets, clock: clock)
    journal = try Journal(opening: folder.file("ledger"), options: .init(clock: clock))
    guard let code = CurrencyCode(kind == .backed ? "MEL" : "MIN"), let name = FreeText("Unit") else {
      preconditionFailure("a code and a name")
    }
    currency = code
    let isBacked = kind == .backed
    try submit(
      .currency(
        Currency(
          code: code, kind: kind, scale: isBacked ? 2 : 0, name: name,
          limits: BalanceLimits(floor: isBacked ? 0 : floor, ceiling: nil))), by: place.officer)
  }

  /// Signs a note now and submits it.
  @discardableResult
  package mutating func submit(
    _ operation: Operation, by signer: Place.Person, with others: [Place.Person] = [],
    saltedText: SubmittedText? = nil
  ) throws -> Answer {
    try journal.submit(
      place.submission(operation, by: signer, with: others, at: clock.now, saltedText: saltedText))
  }

  /// Enrols a new person.
  package mutating func join(_ handle: String, kind: MemberKind = .person, roles: Set<Role> = []) throws
    -> Place.Person
  {
    let person = place.person()
    _ = try journal.submit(
      place.enrolment(of: person, kind: kind, handle: handle, roles: roles, at: clock.now))
    return person
  }

  /// The text of a payment.
  package func payment(of amount: Int64, to payee: Place.Person, memo: Digest? = nil) -> Operation {
    .payment(
      Payment(to: .member(payee.number), currency: currency, amount: amount, request: nil, memo: memo))
  }
}
