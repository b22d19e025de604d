/// The schema of a ledger file, its version, and how older files become new ones.
enum Schema {
  /// `Carn` in ASCII: tells a ledger from other programs' databases.
  static let applicationID: Int64 = 0x4361_726E

  /// The version that `schema.sql` makes; `user_version` of the file.
  static let version: Int64 = 1

  /// What leads from one version to the next, by the version it starts from.
  static let migrations: [Int64: String] = [:]

  /// Makes the tables in an empty database, in one transaction.
  static func create(in database: Database) throws(StoreError) {
    let text = String(decoding: PackageResources.schema_sql, as: UTF8.self)
    try database.transaction("BEGIN EXCLUSIVE") { () throws(StoreError) in
      try database.execute(text)
      try database.execute("PRAGMA application_id = \(applicationID)")
      try database.execute("PRAGMA user_version = \(version)")
    }
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
    guard try found(in: database) == version else { throw .damaged("user_version") }
  }

  /// Brings an older file up to date: a copy beside it first, then each step in a transaction of its own.
  static func migrate(_ path: String, steps: [Int64: String] = migrations, to version: Int64 = version)
    throws(StoreError)
  {
    let database = try Database(path, .write)
    var current = try found(in: database)
    guard current < version else { return }
    let copy = try Database("\(path).schema-\(current)", .create)
    try database.copy(into: copy, pagesAtOnce: -1) { _, _ in }
    while current < version {
      guard let step = steps[current] else { throw .damaged("user_version") }
      try database.transaction("BEGIN EXCLUSIVE") { () throws(StoreError) in
        try database.execute(step)
        try database.execute("PRAGMA user_version = \(current + 1)")
      }
      current += 1
    }
  }
}
