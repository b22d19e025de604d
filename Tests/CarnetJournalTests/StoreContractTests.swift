import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetJournal

/// What every store must do, asked of each through a writer: the same notes give the same answers and the same state.
@Suite struct StoreContractTests {
  @Test("an SQLite file keeps the contract")
  func sqlite() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger")
    try Schema.create(in: try Database(path, .create))
    try checkStoreContract(folder) { try SQLiteStore(path) }
  }

  @Test("lists in memory keep the contract")
  func memory() throws {
    let store = MemoryStore()
    try checkStoreContract(try TemporaryFolder()) { store }
  }

  /// - Parameter open: the same store again, as after a restart.
  private func checkStoreContract(_ folder: TemporaryFolder, _ open: () throws -> any JournalStore) throws {
    var place = Place()
    let clock = TestClock(TestLedger.start)
    #expect(try open().restore() == nil)
    try found(try open(), place: &place)
    let code = try #require(CurrencyCode("MIN"))
    let (notes, alice, bob) = try notes(&place, code, at: clock.now)
    var codes: [String] = []
    for batch in [Array(notes[..<2]), Array(notes[2..<5]), Array(notes[5...])] {
      let store = try open()
      codes += try handIn(batch, to: store, place, clock, folder)
    }
    #expect(codes == ["new", "new", "new", "new", "new", "insufficient-funds", "new", "new", "repeat"])
    let restored = try #require(try open().restore())
    #expect(restored.state.size == 8)
    #expect(restored.state.balance(of: AccountID(bob.number, code)) == 85)
    #expect(restored.accounts.rows.map(\.balance).reduce(0, +) == 0)
    let store = try open()
    #expect(try store.reversed(4) == 10)
    #expect(try store.number(of: notes[3].id, until: nil) == 4)
    #expect(try store.recordBytes(99) == nil)
    #expect(try store.hash(level: 3, index: 0) == restored.tree.root)
    #expect(
      restored.checkpoint.text == Checkpoint(origin: place.origin, size: 8, root: restored.tree.root).text)
    let asked = try requests(&place, code, alice, bob, at: clock.now)
    #expect(try handIn(Array(asked[..<2]), to: try open(), place, clock, folder) == ["new", "new"])
    #expect(
      try handIn(Array(asked[2...]), to: try open(), place, clock, folder)
        == ["request-paid", "new", "new", "request-cancelled"])
    let last = try open()
    let paid = try #require(try last.request(asked[0].id))
    #expect((paid.record, paid.paidIn, paid.cancelledIn) == (8, 9, nil))
    #expect((paid.payee, paid.currency, paid.amount) == (bob.number, code, 7))
    #expect(paid.until == asked[0].text.until && paid.id == asked[0].id)
    #expect(try last.request(asked[3].id)?.cancelledIn == 11)
    #expect(try last.request(notes[3].id) == nil)
  }

  /// A request that is paid, and paid again; one that is cancelled, and paid then.
  private func requests(
    _ place: inout Place, _ code: CurrencyCode, _ alice: Place.Person, _ bob: Place.Person, at time: Timestamp
  ) throws -> [Submission] {
    var notes: [Submission] = []
    for amount in [7, 8] as [Int64] {
      let request = PaymentRequest(currency: code, amount: amount, reference: nil)
      let asked = try place.submission(.request(request), by: bob, at: time)
      let payment = CarnetLedger.Operation.payment(
        Payment(to: .member(bob.number), currency: code, amount: amount, request: asked.id, memo: nil))
      notes.append(asked)
      if amount == 7 {
        notes.append(try place.submission(payment, by: alice, at: time))
      } else {
        notes.append(try place.submission(.cancel(Cancellation(request: asked.id)), by: bob, at: time))
      }
      notes.append(try place.submission(payment, by: alice, at: time))
    }
    return notes
  }

  /// A currency, two members, four payments of which one is too much, a refund, and a note for the second time.
  private func notes(
    _ place: inout Place, _ code: CurrencyCode, at time: Timestamp
  ) throws -> ([Submission], alice: Place.Person, bob: Place.Person) {
    let (alice, bob) = (place.person(), place.person())
    let currency = Currency(
      code: code, kind: .mutual, scale: 0, name: try #require(FreeText("Min")),
      limits: BalanceLimits(floor: -100, ceiling: nil))
    var notes = [
      try place.submission(.currency(currency), by: place.officer, at: time),
      try place.enrolment(of: alice, handle: "alice", at: time),
      try place.enrolment(of: bob, kind: .business, handle: "bob", at: time),
    ]
    for amount in [60, 30, 20, 5] {
      let payment = Payment(
        to: .member(bob.number), currency: code, amount: Int64(amount), request: nil, memo: nil)
      notes.append(try place.submission(.payment(payment), by: alice, at: time))
    }
    notes.append(
      try place.submission(.reversal(Reversal(record: 4, amount: 10, reason: nil)), by: bob, at: time))
    notes.append(notes[3])
    return (notes, alice, bob)
  }

  private func found(_ store: any JournalStore, place: inout Place) throws {
    let genesis = try place.genesis(at: TestLedger.start)
    let (state, decision) = try LedgerState.found(
      LedgerState.unverified(genesis: genesis).verify(), at: TestLedger.start)
    let bytes = decision.record.bytes
    let leaf = Merkle.leafHash(bytes)
    let addition = Addition(
      decision: decision, id: genesis.id, bytes: bytes, leaf: leaf, entries: [],
      saltedText: genesis.saltedText,
      tiles: [], founding: state)
    try store.insert(addition)
    store.rollBack()
    #expect(try store.number(of: genesis.id, until: nil) == nil)
    try store.insert(addition)
    try store.commit(
      SignedCheckpoint.sign(Checkpoint(origin: place.origin, size: 1, root: leaf), with: [place.ledgerKey]))
  }

  @Test(
    "a full disk refuses the whole batch, keeps what was committed, and lets the next one through once there is room"
  )
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger")
    try Schema.create(in: try Database(path, .create))
    var place = Place()
    try found(try SQLiteStore(path), place: &place)
    let code = try #require(CurrencyCode("MIN"))
    let (notes, _, _) = try notes(&place, code, at: TestLedger.start)
    let store = try SQLiteStore(path)
    let pages = try store.database.integer("PRAGMA page_count")
    try store.database.execute("PRAGMA max_page_count = \(pages)")
    let clock = TestClock(TestLedger.start)
    let padding = try (0..<40).map { _ in try place.enrolment(of: place.person(), at: clock.now) }
    let refused = try handIn(Array(notes[..<3]) + padding, to: store, place, clock, folder)
    #expect(Set(refused) == ["disk-full"])
    #expect(try store.restore()?.state.size == 1)
    try store.database.execute("PRAGMA max_page_count = 100000")
    #expect(try handIn(Array(notes[..<3]), to: store, place, clock, folder) == ["new", "new", "new"])
  }

  /// One batch through a writer; what each note was answered.
  private func handIn(
    _ batch: [Submission], to store: any JournalStore, _ place: Place, _ clock: TestClock,
    _ folder: TemporaryFolder
  ) throws -> [String] {
    let restored = try #require(try store.restore())
    let key = place.verifierKey
    let writer = Writer(
      store: store, restored: restored,
      checkpoint: try SignedCheckpoint(restored.checkpoint, verifiedBy: [key]),
      head: try HeadFile(folder.file("head"), creates: true),
      secrets: LedgerSecrets(keys: [place.ledgerKey], referenceSecret: Array(repeating: 7, count: 32)),
      files: LedgerFiles(folder.file("ledger")), clock: clock
    ) { _, _ throws(StoreError) in throw .missing }
    writer.take(batch.map { Pending(submission: $0, verified: nil, completion: { _ in }) })
    let done = writer.commit()
    try writer.close()
    return done.answers.map { _, result in
      switch result {
      case .success(let answer): answer.isRepeat ? "repeat" : "new"
      case .failure(let error): error.code
      }
    }
  }
}
