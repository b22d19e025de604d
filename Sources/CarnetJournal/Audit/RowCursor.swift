/// The rows of a table in the order of their key, read in step with the records.
struct RowCursor<Row> {
  private let statement: Statement
  private let read: (Statement) -> Row
  private var key: Int64?

  /// A query whose first column is the key, ascending.
  init(
    _ query: String, in database: Database, read: @escaping (Statement) -> Row
  ) throws(StoreError) {
    (statement, self.read) = (try Statement(query, in: database), read)
    try advance()
  }

  private mutating func advance() throws(StoreError) {
    key = try statement.step() ? statement.integer(0) : nil
  }

  /// The row of that key where it comes next, and steps over it.
  mutating func next(at key: Int64) throws(StoreError) -> Row? {
    guard self.key == key else { return nil }
    let row = read(statement)
    try advance()
    return row
  }

  /// Steps over the rows below a key and gives their keys, a hundred at most.
  mutating func extras(below limit: Int64) throws(StoreError) -> [Int64] {
    var extras: [Int64] = []
    while let key, key < limit {
      if extras.count < Audit.extrasMax { extras.append(key) }
      try advance()
    }
    return extras
  }
}

/// The stored balances, which are those behind an earlier record.
struct AccountSnapshot {
  /// Records behind which they were kept; 0 for none yet.
  let size: Int64
  private let rows: [(name: String, currency: String, balance: Int64, entry: Int64)]

  init(_ database: Database) throws(StoreError) {
    size = try database.integer("SELECT coalesce(max(snapshot), 0) FROM ledger")
    let statement = try Statement(
      "SELECT name, currency, balance, entry FROM accounts ORDER BY account", in: database)
    var rows: [(String, String, Int64, Int64)] = []
    while try statement.step() {
      rows.append((statement.text(0), statement.text(1), statement.integer(2), statement.integer(3)))
    }
    self.rows = rows
  }

  /// Compares with the balances behind exactly that record; accounts opened later hold zeros.
  func compare(with accounts: AccountTable, _ audit: inout Audit) {
    for (place, row) in rows.enumerated() {
      let expected = place < accounts.rows.count ? accounts.rows[place] : nil
      if row.balance != expected?.balance ?? 0 {
        audit.report(
          Finding(
            .projection, nil, "accounts.balance.\(place)", expected: "\(expected?.balance ?? 0)",
            found: "\(row.balance)"))
      }
      if row.entry != expected?.entry ?? 0 {
        audit.report(
          Finding(
            .projection, nil, "accounts.entry.\(place)", expected: "\(expected?.entry ?? 0)",
            found: "\(row.entry)"))
      }
    }
  }
}
