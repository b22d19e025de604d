import CarnetLedger
import CarnetNotes

/// The rows that every payment writes, by statements that are prepared once.
struct Insertions {
  private let record: Statement
  private let entry: Statement

  init(_ database: Database) throws(StoreError) {
    record = try Statement(
      "INSERT INTO records (number, time, record, leaf) VALUES (?1, ?2, ?3, ?4)", in: database)
    entry = try Statement(
      "INSERT INTO entries (\(LogTables.entryColumns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", in: database)
  }

  func insert(_ addition: Addition) throws(StoreError) {
    try record.bind(at: 1, Int64(addition.record.number))
    try record.bind(at: 2, addition.record.time.milliseconds)
    try record.bind(at: 3, addition.bytes)
    try record.bind(at: 4, addition.leaf.bytes)
    try record.run()
  }

  func insert(_ row: Entry) throws(StoreError) {
    try entry.bind(at: 1, row.key)
    try entry.bind(at: 2, Int64(row.account))
    try entry.bind(at: 3, row.amount)
    try entry.bind(at: 4, row.balance)
    try entry.bind(at: 5, row.sequence)
    try entry.bind(at: 6, row.previous)
    try entry.bind(at: 7, row.skip)
    try entry.run()
  }
}
