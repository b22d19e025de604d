import CarnetLedger
import CarnetNotes

/// The schema of a ledger file, its version, and how older files become new ones.
enum Schema {
  /// `Carn` in ASCII: tells a ledger from other programs' databases.
  static let applicationID: Int64 = 0x4361_726E

  /// The version that `schema.sql` makes; `user_version` of the file.
  static let version: Int64 = 4

  /// What leads from one version to the next.
  struct Migration: Sendable {
    /// Tables that go, or are made anew.
    var dropped: [String] = []
    /// Tables that are new; how they are made stands in `schema.sql` alone.
    var tables: [String] = []
    /// Fills them from what is there.
    var fill: @Sendable (Database) throws(StoreError) -> Void = { _ throws(StoreError) in }
  }

  /// By the version each starts from.
  static let migrations: [Int64: Migration] = [
    1: Migration(tables: ["member_texts", "cutoffs", "cutoff_sums"], fill: fillMemberTexts),
    // Older programs recorded no requests.
    2: Migration(tables: ["requests"]),
    3: Migration(
      dropped: ["recent_ids", "note_ids"], tables: ["recent_ids", "id_runs", "note_ids"], fill: fillIDs),
  ]

  /// Makes the tables in an empty database, in one transaction.
  static func create(in database: Database) throws(StoreError) {
    try database.make(PackageResources.schema_sql, applicationID: applicationID, version: version)
  }

  /// The schema's version, after it was made sure that this is a ledger and not a newer program's.
  static func found(in database: Database) throws(StoreError) -> Int64 {
    guard try database.integer("PRAGMA application_id") == applicationID else { throw .notALedger }
    let found = try database.integer("PRAGMA user_version")
    guard found <= version else { throw .newerSchema(found, known: version) }
    return found
  }

  /// Refuses a database that is not a ledger of exactly this schema.
  static func check(_ database: Database) throws(StoreError) {
    let found = try found(in: database)
    guard found == version else { throw .olderSchema(found, known: version) }
  }

  /// Brings an older file up to date: a copy beside it first, then each step in a transaction of its own.
  static func migrate(_ path: String, steps: [Int64: Migration] = migrations) throws(StoreError) {
    let database = try Database(path, .write)
    var current = try found(in: database)
    guard current < version else { return }
    let copy = try Database("\(path).schema-\(current)", .create)
    try database.copy(into: copy, pagesAtOnce: -1) { _, _ in }
    let fresh = try Database(":memory:", .create)
    try create(in: fresh)
    while current < version {
      guard let step = steps[current] else { throw .damaged("user_version") }
      try database.transaction("BEGIN EXCLUSIVE") { () throws(StoreError) in
        for table in step.dropped { try database.execute("DROP TABLE \(table)") }
        for table in step.tables { try make(table, as: fresh, in: database) }
        try step.fill(database)
        try database.execute("PRAGMA user_version = \(current + 1)")
      }
      current += 1
    }
  }

  /// Makes a table with its indexes and triggers, as they are in another database.
  static func make(_ table: String, as other: Database, in database: Database) throws(StoreError) {
    let statement = try other.statement(
      "SELECT sql FROM sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL ORDER BY type DESC"
    ).bind(table)
    while try statement.step() { try database.execute(statement.text(0)) }
  }

  @Sendable private static func fillIDs(_ database: Database) throws(StoreError) {
    let log = LogTables(database: database)
    let size = try log.size()
    for number in 0..<size {
      guard let record = try log.record(number) else { throw .damaged("record \(number)") }
      try database.statement("INSERT INTO recent_ids (number, id, until) VALUES (?1, ?2, ?3)")
        .bind(Int64(number), record.text.id.bytes, record.text.until).run()
      if (number + 1).isMultiple(of: UInt64(Limits.recentIDsMax)) { _ = try NoteIDs.settle(in: database) }
    }
  }

  @Sendable private static func fillMemberTexts(_ database: Database) throws(StoreError) {
    let log = LogTables(database: database)
    let rows = try Statement("SELECT record FROM texts", in: database)
    while try rows.step() {
      let number = try rows.unsigned(0)
      guard let member = try log.record(number)?.text.textSubject else { continue }
      try database.statement("INSERT INTO member_texts (number, record) VALUES (?1, ?2)")
        .bind(member.description, Int64(number)).run()
    }
  }
}

extension Database {
  /// Makes the tables of a schema in an empty database, with the marks that tell it from others, in one transaction.
  func make(_ schema: [UInt8], applicationID: Int64, version: Int64) throws(StoreError) {
    try transaction("BEGIN EXCLUSIVE") { () throws(StoreError) in
      try execute(String(decoding: schema, as: UTF8.self))
      try execute("PRAGMA application_id = \(applicationID)")
      try execute("PRAGMA user_version = \(version)")
    }
  }
}
