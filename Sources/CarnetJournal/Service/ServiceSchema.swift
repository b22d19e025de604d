/// The schema of `FILE.service`, its version, and how older files become new ones.
enum ServiceSchema {
  /// `CarS` in ASCII: tells the file from other programs' databases.
  static let applicationID: Int64 = 0x4361_7253

  /// The version that `service.sql` makes; `user_version` of the file.
  static let version: Int64 = 2

  /// The tables that are new in the version after each; how they are made stands in `service.sql` alone.
  static let migrations: [Int64: [String]] = [1: ["webhooks", "webhook_deliveries", "invitations"]]

  /// Makes the tables in an empty database, in one transaction.
  static func create(in database: Database) throws(StoreError) {
    try database.make(PackageResources.service_sql, applicationID: applicationID, version: version)
  }

  /// Brings a database to the present schema: makes an empty one whole, adds to an older one, refuses any other.
  static func settle(
    _ database: Database, steps: [Int64: [String]] = migrations, version: Int64 = version
  ) throws(StoreError) {
    if try database.integer("SELECT count(*) FROM sqlite_schema") == 0 { return try create(in: database) }
    guard try database.integer("PRAGMA application_id") == applicationID else { throw .service(.damaged) }
    guard try database.text("PRAGMA quick_check(1)") == "ok" else { throw .service(.damaged) }
    var current = try database.integer("PRAGMA user_version")
    guard current <= version else { throw .service(.newer(current, known: version)) }
    guard current < version else { return }
    let fresh = try Database(":memory:", .create)
    try create(in: fresh)
    while current < version {
      guard let tables = steps[current] else { throw .service(.damaged) }
      try database.transaction("BEGIN EXCLUSIVE") { () throws(StoreError) in
        for table in tables { try Schema.make(table, as: fresh, in: database) }
        try database.execute("PRAGMA user_version = \(current + 1)")
      }
      current += 1
    }
  }
}
