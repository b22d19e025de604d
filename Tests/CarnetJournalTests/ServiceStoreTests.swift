import CarnetLedger
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// What the endpoint keeps beside the log.
@Suite struct ServiceStoreTests {
  private func opened() throws -> (TestLedger, ServiceStore) {
    let ledger = try TestLedger()
    let store = ServiceStore(beside: ledger.journal)
    try store.open()
    return (ledger, store)
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("the file is its owner's alone, durable, and made when it is first needed")
  func making() throws {
    let ledger = try TestLedger()
    let path = ledger.journal.files.service
    let store = ServiceStore(beside: ledger.journal)
    #expect(!FileManager.default.fileExists(atPath: path))
    try store.write { database throws(StoreError) in
      try database.execute("UPDATE progress SET records = 1")
    }
    for rest in ["", "-wal", "-shm"] { #expect(try mode(path + rest) == 0o600) }
    let (journal, sync) = try store.read { database throws(StoreError) in
      (try database.text("PRAGMA journal_mode"), try database.integer("PRAGMA synchronous"))
    }
    #expect(journal == "wal")
    #expect(sync == 2)
  }

  @Test("a store without tills, invitations and webhooks has nothing to find in older records")
  func concern() throws {
    #expect(try opened().1.concernsNoRecord())
  }

  @Test("what was written is there after a restart; what threw half-way is not")
  func transactions() throws {
    let (ledger, store) = try opened()
    try store.write { database throws(StoreError) in
      try database.execute("UPDATE progress SET records = 7")
    }
    #expect(throws: StoreError.busy) {
      try store.write { database throws(StoreError) in
        try database.execute("UPDATE progress SET records = 8")
        throw .busy
      }
    }
    store.close()
    let records = try ServiceStore(beside: ledger.journal).read { database throws(StoreError) in
      try database.integer("SELECT records FROM progress")
    }
    #expect(records == 7)
  }

  @Test("a newer file, another program's, a damaged one and an exposed one are refused, each by its name")
  func refused() throws {
    let (ledger, store) = try opened()
    let path = ledger.journal.files.service
    store.close()
    try Database(path, .write).execute("PRAGMA user_version = 99")
    let newer = StoreError.service(.newer(99, known: ServiceSchema.version))
    #expect(throws: newer) { try store.open() }
    try Database(path, .write).execute(
      "PRAGMA user_version = \(ServiceSchema.version); PRAGMA application_id = 7")
    #expect(throws: StoreError.service(.damaged)) { try store.open() }
    try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.service(.damaged)) { try store.open() }
    ledger.folder.remove("ledger.service")
    try store.open()
    store.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(throws: StoreError.service(.exposed)) { try store.open() }
    #expect(StoreError.service(.exposed).code == "service-exposed")
  }

  @Test("a damaged page is noticed when the file is opened")
  func damagedPage() throws {
    let (ledger, store) = try opened()
    let path = ledger.journal.files.service
    store.close()
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.seek(toOffset: 4_096)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
    try file.close()
    #expect(throws: StoreError.service(.damaged)) { try store.open() }
  }

  @Test("a file that a crash left empty is made whole")
  func empty() throws {
    let ledger = try TestLedger()
    let path = ledger.journal.files.service
    _ = FileManager.default.createFile(
      atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    try ServiceStore(beside: ledger.journal).open()
  }

  @Test("who only reads a ledger has no store to write to")
  func readOnly() throws {
    let ledger = try TestLedger()
    ledger.journal.close()
    let reader = try Journal(reading: ledger.path)
    #expect(throws: StoreError.readOnly) { try ServiceStore(beside: reader).open() }
    #expect(!FileManager.default.fileExists(atPath: reader.files.service))
  }

  @Test("an older file gets the tables that are new; one step that is missing is damage")
  func migration() throws {
    let folder = try TemporaryFolder()
    let database = try Database(folder.file("service"), .create)
    try ServiceSchema.create(in: database)
    try database.execute("DROP TABLE idempotency_keys")
    let next = ServiceSchema.version + 1
    #expect(throws: StoreError.service(.damaged)) {
      try ServiceSchema.settle(database, steps: [:], version: next)
    }
    try ServiceSchema.settle(
      database, steps: [ServiceSchema.version: ["idempotency_keys"]], version: next)
    #expect(try database.integer("PRAGMA user_version") == next)
    #expect(
      try database.integer("SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'idempotency_keys'") == 2)
  }
}
