import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// What a start refuses, and what a doubtful clock stops.
@Suite struct StartTests {
  private func closed() throws -> TestLedger {
    let ledger = try TestLedger.withHistory()
    ledger.journal.close()
    return ledger
  }

  private func open(_ ledger: TestLedger) throws -> Journal {
    try Journal(opening: ledger.path, options: .init(clock: ledger.clock))
  }

  @Test("two processes never write to one file")
  func locked() throws {
    let ledger = try TestLedger()
    let error = try #require(throws: StoreError.self) { try open(ledger) }
    guard case .locked(let holder) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(holder.contains("\(getpid())"))
    ledger.journal.close()
    try open(ledger).close()
  }

  @Test("another program's database, a newer schema and a cut file are refused")
  func foreign() throws {
    let ledger = try closed()
    try Database(ledger.path, .write).execute("PRAGMA user_version = 99")
    #expect(throws: StoreError.newerSchema(99, known: Schema.version)) { try open(ledger) }
    try Database(ledger.path, .write).execute(
      "PRAGMA user_version = \(Schema.version); PRAGMA application_id = 7")
    #expect(throws: StoreError.notALedger) { try open(ledger) }
    let cut = try closed()
    let size = try #require(FileManager.default.contents(atPath: cut.path)).count
    _ = unsafe truncate(cut.path, off_t(size / 2))
    #expect(throws: StoreError.self) { try open(cut) }
    #expect(throws: StoreError.missing) { try Journal(opening: ledger.folder.file("nowhere")) }
  }

  @Test("a head that is missing, of another root, or signed by nobody we know stops the start")
  func heads() throws {
    let ledger = try closed()
    let forged = SignedCheckpoint.sign(
      Checkpoint(origin: ledger.place.origin, size: 3, root: Digest.sha256([1])),
      with: [ledger.place.ledgerKey])
    try Data(forged.bytes).write(to: URL(fileURLWithPath: ledger.path + ".head"))
    #expect(throws: StoreError.headDiffers) { try open(ledger) }
    let foreign = SignedCheckpoint.sign(forged.checkpoint, with: [.generate()])
    try Data(foreign.bytes).write(to: URL(fileURLWithPath: ledger.path + ".head"))
    #expect(throws: StoreError.damaged("FILE.head")) { try open(ledger) }
    ledger.folder.remove("ledger.head")
    #expect(throws: StoreError.headMissing) { try open(ledger) }
    try Journal(opening: ledger.path, options: .init(clock: ledger.clock, isHeadLost: true)).close()
    try open(ledger).close()
  }

  @Test("a head fills one sector from the first to the last; bytes of one age and length of another are read")
  func headLength() throws {
    let ledger = try closed()
    let head = try #require(FileManager.default.contents(atPath: ledger.path + ".head"))
    #expect(head.count == 512)
    let end = try #require(head.lastIndex { $0 != 0x0A })
    for rest in [[], [0x0A], [0], [0, 0], [0x0A, 0]] as [[UInt8]] {
      try (head[...end] + Data(rest)).write(to: URL(fileURLWithPath: ledger.path + ".head"))
      try open(ledger).close()
      #expect(FileManager.default.contents(atPath: ledger.path + ".head") == head)
    }
    try (head[..<end] + Data([0])).write(to: URL(fileURLWithPath: ledger.path + ".head"))
    #expect(throws: StoreError.damaged("FILE.head")) { try open(ledger) }
  }

  @Test("a checkpoint of the longest origin with two signatures leaves room in the head")
  func headRoom() throws {
    let origin = try #require(Origin("a.example/" + String(repeating: "o", count: 54)))
    let checkpoint = Checkpoint(origin: origin, size: .max, root: Digest.sha256([1]))
    let signed = SignedCheckpoint.sign(checkpoint, with: [.generate(), .generate()])
    #expect(signed.bytes.count < Limits.headBytes)
  }

  @Test("an older schema is brought up to date step by step, with a copy first, and audits clean")
  func migration() throws {
    let ledger = try TestLedger.withHistory()
    ledger.journal.close()
    do {
      let database = try Database(ledger.path, .write)
      for table in ["member_texts", "cutoff_sums", "cutoffs", "requests"] {
        try database.execute("DROP TABLE \(table)")
      }
      try giveOlderIDs(to: database)
      try database.execute("PRAGMA user_version = 1")
    }
    let older = StoreError.olderSchema(1, known: Schema.version)
    #expect(throws: older) { try Journal(reading: ledger.path) }
    #expect(throws: older) { try Audit.run(ledger.path) }
    try open(ledger).close()
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])
    #expect(try Database(ledger.path, .read).integer("SELECT count(*) FROM member_texts") == 3)
    #expect(try Database(ledger.path + ".schema-1", .read).integer("PRAGMA user_version") == 1)
  }

  /// The tables of ids as the third schema had them; what is in them is made anew by a migration.
  private func giveOlderIDs(to database: Database) throws {
    for table in ["note_ids", "id_runs", "recent_ids"] { try database.execute("DROP TABLE \(table)") }
    try database.execute("CREATE TABLE recent_ids (until, id, number); CREATE TABLE note_ids (id, number)")
  }

  @Test("a ledger of the second schema goes on with requests")
  func secondSchema() throws {
    var ledger = try TestLedger.withHistory()
    let shop = try ledger.join("shop", kind: .business)
    ledger.journal.close()
    do {
      let database = try Database(ledger.path, .write)
      try database.execute("DROP TABLE requests")
      try giveOlderIDs(to: database)
      try database.execute("PRAGMA user_version = 2")
    }
    let journal = try open(ledger)
    let request = PaymentRequest(currency: ledger.currency, amount: 5, reference: nil)
    let note = try ledger.place.submission(.request(request), by: shop, at: ledger.clock.now)
    #expect(try journal.submit(note).record.text.id == note.id)
    journal.close()
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])
    #expect(try Database(ledger.path + ".schema-2", .read).integer("PRAGMA user_version") == 2)
  }

  @Test("a clock that fell back to 1970 or leapt to 2036 stops the writer; an officer's word lets it go on")
  func clock() throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    let now = ledger.clock.now
    let size = ledger.journal.read { $0.size }
    for time in [
      Timestamp(milliseconds: 0), now.adding(milliseconds: -5_001), now.adding(seconds: 10 * 365 * 86_400),
    ] {
      ledger.clock.now = time
      #expect(throws: LedgerError.clock) { try ledger.submit(ledger.payment(of: 1, to: bob), by: alice) }
    }
    #expect(ledger.journal.read { $0.size } == size)
    ledger.clock.now = now.adding(milliseconds: -5_000)
    try ledger.submit(ledger.payment(of: 1, to: bob), by: alice)
    ledger.clock.now = now.adding(seconds: 30 * 86_400)
    try ledger.submit(ledger.payment(of: 1, to: bob), by: alice)
    ledger.clock.now = ledger.clock.now.adding(seconds: 31 * 86_400)
    #expect(throws: LedgerError.clock) { try ledger.submit(ledger.payment(of: 1, to: bob), by: alice) }
    try ledger.submit(
      .status(StatusChange(number: bob.number, value: .active, reason: nil)), by: ledger.place.officer)
    try ledger.submit(ledger.payment(of: 1, to: bob), by: alice)
    ledger.journal.close()
  }

  @Test("with a file that can only be read, everything is readable and nothing is written")
  func reading() throws {
    var ledger = try closed()
    let journal = try Journal(reading: ledger.path)
    #expect(journal.read { $0.size } == 13)
    let note = try ledger.place.submission(
      .void(VoidOrder(note: Digest.sha256([2]))), by: ledger.place.officer, at: ledger.clock.now)
    #expect(throws: LedgerError.storage(.readOnly)) { try journal.submit(note) }
    journal.close()
  }
}
