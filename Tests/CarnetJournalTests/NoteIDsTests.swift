import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// The ids of recorded notes, as they are found again behind a start.
@Suite struct NoteIDsTests {
  @Test("an id in a run of before the start is found, before and after others were looked for there in vain")
  func older() throws {
    var ledger = try TestLedger()
    let alice = try ledger.join("alice")
    for amount in 1...5 {
      try ledger.submit(ledger.payment(of: Int64(amount), to: alice), by: ledger.place.officer)
    }
    let records = try (0..<ledger.journal.read { $0.size }).map {
      try #require(try ledger.journal.record($0))
    }
    ledger.journal.close()
    let database = try Database(ledger.path, .write)
    #expect(try NoteIDs.settle(in: database)?.run == 0)
    database.resetStatements()
    var ids = try NoteIDs(database)
    for round in 0..<3 {
      for record in records {
        #expect(try ids.number(of: record.text.id, until: record.text.until) == record.number)
        #expect(try ids.number(of: record.text.id, until: nil) == record.number)
      }
      let unknown = Digest.sha256([UInt8(round)])
      #expect(try ids.number(of: unknown, until: records.last?.text.until) == nil)
      #expect(try ids.number(of: unknown, until: nil) == nil)
    }
  }
}
