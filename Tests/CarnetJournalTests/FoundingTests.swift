import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// How books are opened for the first time: by one of many, and again after one who was interrupted.
@Suite struct FoundingTests {
  private let clock = TestClock(TestLedger.start)

  /// A founding of a place of its own.
  private func found(at path: String, seed: UInt64) throws -> LedgerSecrets {
    var place = Place(seed: seed)
    let genesis = try place.genesis(at: clock.now)
    let secrets = LedgerSecrets(keys: [place.ledgerKey], referenceSecret: Array(repeating: 7, count: 32))
    try Journal.create(at: path, genesis: genesis, secrets: secrets, clock: clock)
    return secrets
  }

  @Test("of many who open books at one place at once, one does, with their own key")
  func atOnce() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("books/ledger")
    let founded = await withTaskGroup(of: LedgerSecrets?.self) { group in
      for seed in 1...8 { group.addTask { try? found(at: path, seed: UInt64(seed)) } }
      return await group.reduce(into: [LedgerSecrets]()) { founded, one in if let one { founded.append(one) }
      }
    }
    #expect(founded.count == 1)
    let journal = try Journal(opening: path, options: .init(clock: clock))
    let key = journal.read { $0.ledgerKeys.current }
    #expect(key == founded.first?.keys[0].publicKey)
    journal.close()
    #expect(try Audit.run(path).findings.isEmpty)
  }

  @Test("what an interrupted founding left is cleared away; a key that is not its own, or its ledger, never")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger")
    let files = LedgerFiles(path)
    _ = try found(at: path, seed: 1)
    try FileManager.default.moveItem(atPath: path, toPath: files.founding)
    #expect(Journal.canCreate(at: path))
    _ = try found(at: path, seed: 2)
    #expect(try files.secrets().keys[0].publicKey == Place(seed: 2).ledgerKey.publicKey)
    #expect(!FileManager.default.fileExists(atPath: files.founding))
    // The key of books that were moved away, beside what another founding left.
    try FileManager.default.moveItem(atPath: path, toPath: folder.file("kept"))
    _ = try found(at: folder.file("other"), seed: 3)
    try FileManager.default.moveItem(atPath: folder.file("other"), toPath: files.founding)
    #expect(throws: LedgerError.storage(.exists)) { try found(at: path, seed: 4) }
    #expect(try files.secrets().keys[0].publicKey == Place(seed: 2).ledgerKey.publicKey)
    // Books that have their name are nobody's to clear away.
    try FileManager.default.moveItem(atPath: folder.file("kept"), toPath: path)
    #expect(!Journal.canCreate(at: path))
    #expect(throws: LedgerError.storage(.exists)) { try found(at: path, seed: 5) }
    try Journal(opening: path, options: .init(clock: clock)).close()
  }
}
