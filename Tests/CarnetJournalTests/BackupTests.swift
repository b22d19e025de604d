import CarnetLedger
import Support
import Testing

@testable import CarnetJournal

@Suite struct BackupTests {
  @Test("a copy of a live ledger audits clean, opens, and refuses to be written without its key")
  func copy() throws {
    let ledger = try TestLedger.withHistory()
    let copy = ledger.folder.file("copy")
    let report = try Backup.copy(ledger.path, to: copy)
    #expect(report.findings == [])
    #expect(report.size == ledger.journal.read { $0.size })
    let reading = try Journal(reading: copy)
    #expect(reading.read { $0.size } == report.size)
    #expect(throws: StoreError.keyMissing) { try Journal(opening: copy) }
    #expect(throws: StoreError.exists) { try Backup.copy(ledger.path, to: copy) }
    #expect(throws: StoreError.missing) { try Backup.copy(ledger.folder.file("nowhere"), to: copy) }
    ledger.journal.close()
  }

  @Test("a restored copy older than the head is refused with the numbers that are missing")
  func olderCopy() throws {
    var ledger = try TestLedger.withHistory()
    let copy = ledger.folder.file("copy")
    let report = try Backup.copy(ledger.path, to: copy)
    let carol = try ledger.join("carol")
    try ledger.submit(ledger.payment(of: 1, to: carol), by: ledger.place.officer)
    ledger.journal.close()
    for rest in ["", "-wal", "-shm"] { ledger.folder.remove("ledger" + rest) }
    #expect(try Backup.restore(copy, to: ledger.path).findings == [])
    #expect(throws: StoreError.recordsMissing(from: report.size, through: report.size + 1)) {
      try Journal(opening: ledger.path, options: .init(clock: ledger.clock))
    }
  }
}
