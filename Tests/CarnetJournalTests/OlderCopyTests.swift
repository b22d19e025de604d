import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// A file that lost its end, by a damaged write-ahead log or because it is an old copy, is noticed by whatever was published
/// outside it.
@Suite struct OlderCopyTests {
  /// A ledger with its log beside it, copied while it is open.
  private func copied() throws -> (TestLedger, copy: String, wal: Data) {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    for amount in 1...12 { try ledger.submit(ledger.payment(of: Int64(amount), to: bob), by: alice) }
    let copy = ledger.folder.file("copy")
    for suffix in ["", "-wal", ".head", ".key"] {
      try FileManager.default.copyItem(atPath: ledger.path + suffix, toPath: copy + suffix)
    }
    let wal = try #require(FileManager.default.contents(atPath: copy + "-wal"))
    return (ledger, copy, wal)
  }

  private func write(_ wal: Data, _ copy: String) throws {
    try? FileManager.default.removeItem(atPath: copy + "-shm")
    try wal.write(to: URL(fileURLWithPath: copy + "-wal"))
  }

  private func codes(_ path: String, _ options: Audit.Options = .init()) throws -> Set<Finding.Code> {
    Set(try Audit.run(path, options: options).findings.map(\.code))
  }

  @Test("a log that is cut or has one flipped bit is found by the audit and refused at the start")
  func log() throws {
    let (ledger, copy, wal) = try copied()
    defer { ledger.journal.close() }
    #expect(try codes(copy) == [])
    for part in 0..<8 {
      let place = wal.count * part / 8 + 40
      var flipped = wal
      flipped[place] ^= 0x10
      for damaged in [flipped, wal.prefix(place)] {
        try write(damaged, copy)
        #expect(try codes(copy).contains(.head), "at \(place) of \(wal.count)")
        try write(damaged, copy)
        #expect(throws: StoreError.self) {
          try Journal(opening: copy, options: .init(clock: ledger.clock)).close()
        }
      }
    }
  }

  @Test("an older copy without its head is found where a checkpoint or a receipt knows better")
  func published() throws {
    let (ledger, copy, _) = try copied()
    defer { ledger.journal.close() }
    let newest = ledger.journal.checkpoint.note
    let receipt = try #require(try ledger.journal.receipt(of: 14)).checkpoint
    let older = ledger.folder.file("older")
    // The database without its log holds less than was published.
    try FileManager.default.copyItem(atPath: copy, toPath: older)
    #expect(try codes(older) == [])
    for note in [newest, receipt] {
      #expect(try codes(older, .init(published: [("--since", note)])) == [.head])
      #expect(try codes(copy, .init(published: [("--since", note)])) == [])
    }
    let early = SignedCheckpoint.sign(
      Checkpoint(origin: ledger.place.origin, size: 3, root: Digest.sha256([3])),
      with: [ledger.place.ledgerKey])
    #expect(try codes(copy, .init(published: [("--since", early.note)])) == [.head])
    let foreign = SignedCheckpoint.sign(early.checkpoint, with: [.generate()])
    #expect(try codes(copy, .init(published: [("--since", foreign.note)])) == [.head])
  }

  @Test("a cosigned checkpoint beside the file stops an older one")
  func cosigned() throws {
    let (ledger, copy, wal) = try copied()
    defer { ledger.journal.close() }
    try Data(ledger.journal.checkpoint.bytes).write(to: URL(fileURLWithPath: copy + ".cosigned"))
    #expect(try codes(copy) == [])
    try FileManager.default.removeItem(atPath: copy + ".head")
    try write(wal.prefix(wal.count / 2), copy)
    #expect(try codes(copy) == [.head])
    #expect(throws: StoreError.self) {
      try Journal(opening: copy, options: .init(clock: ledger.clock, isHeadLost: true))
    }
    #expect(throws: StoreError.self) { try Journal(reading: copy) }
  }
}
