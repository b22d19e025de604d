import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// One changed value anywhere in the file is found: each column of each table, first and last row, and rows that are
/// deleted, added or swapped. What is not found stands in docs/AUDIT.md with its reason, and here.
@Suite struct EveryColumnTests {
  /// Columns that nothing is derived from, or that say nothing wrong whatever they hold.
  static let exempt: Set<String> = ["ledger.snapshot"]

  /// A ledger in which every table has rows; complete tiles only with more than 256 records.
  static func ledger(payments: Int = 12) throws -> TestLedger {
    var ledger = try TestLedger(kind: .backed)
    let alice = try ledger.join("alice")
    let bakery = try ledger.join("bakery", kind: .business, roles: [.teller])
    let officer = ledger.place.officer
    let change = { (amount: Int64, person: Place.Person, reference: UInt8) in
      CarnetLedger.Operation.change(
        Change(
          to: person.number, currency: ledger.currency, amount: amount, reference: Digest.sha256([reference]))
      )
    }
    try ledger.submit(change(80_000, alice, 1), by: officer)
    let second = try ledger.submit(change(500, alice, 2), by: officer).record.number
    let reason = try #require(SubmittedText("saisi deux fois"))
    try ledger.submit(
      .reversal(Reversal(record: second, amount: 500, reason: reason.hash)), by: officer, saltedText: reason)
    try ledger.submit(
      .setting(SettingChange(name: .reconversionFee, value: 200, starts: ledger.clock.now.seconds)),
      by: officer)
    try ledger.submit(
      .limits(
        LimitsChange(
          number: alice.number, currency: ledger.currency, floor: nil, ceiling: 90_000, reason: nil)),
      by: officer)
    try ledger.submit(.void(VoidOrder(note: Digest.sha256([3]))), by: alice)
    for amount in 1...payments { try ledger.submit(ledger.payment(of: Int64(amount), to: bakery), by: alice) }
    let memo = try #require(SubmittedText("merci"))
    try ledger.submit(ledger.payment(of: 7, to: bakery, memo: memo.hash), by: alice, saltedText: memo)
    try askAndSettle(&ledger, alice, bakery)
    let period = try #require(ClosingPeriod("2026-01"))
    try ledger.submit(.cutoff(CutoffOrder(period: period)), by: officer)
    try ledger.submit(ledger.payment(of: 9, to: bakery), by: alice)
    ledger.journal.close()
    try settleIDs(below: 12, in: Database(ledger.path, .write))
    return ledger
  }

  /// Three requests: one is paid, one cancelled, one stays open.
  private static func askAndSettle(
    _ ledger: inout TestLedger, _ alice: Place.Person, _ bakery: Place.Person
  ) throws {
    var ids: [NoteID] = []
    for amount in 1...3 as ClosedRange<Int64> {
      let reference = try #require(SubmittedText("T-\(amount)"))
      let request = PaymentRequest(currency: ledger.currency, amount: amount, reference: reference.hash)
      ids.append(
        try ledger.submit(.request(request), by: bakery, saltedText: reference).record.text.id)
    }
    let payment = Payment(
      to: .member(bakery.number), currency: ledger.currency, amount: 1, request: ids[0], memo: nil)
    try ledger.submit(.payment(payment), by: alice)
    try ledger.submit(.cancel(Cancellation(request: ids[1])), by: bakery)
  }

  /// Some ids in a run, as after many more records; the rest stays recent.
  private static func settleIDs(below number: Int, in database: Database) throws {
    try database.execute(
      "CREATE TEMP TABLE rest AS SELECT * FROM recent_ids WHERE number >= \(number); DELETE FROM recent_ids WHERE number >= \(number)"
    )
    #expect(try NoteIDs.settle(in: database)?.run == 0)
    database.resetStatements()
    try database.execute("INSERT INTO recent_ids SELECT * FROM rest; DROP TABLE rest")
  }

  private struct Column {
    let table: String
    let name: String
    let type: String
    let key: [String]
  }

  private func columns(_ database: Database) throws -> [Column] {
    var columns: [Column] = []
    let tables = try Statement(
      "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", in: database)
    while try tables.step() {
      let table = tables.text(0)
      let rows = try Statement("SELECT name, type, pk FROM pragma_table_info('\(table)')", in: database)
      var found: [(String, String, Int64)] = []
      while try rows.step() { found.append((rows.text(0), rows.text(1), rows.integer(2))) }
      let key = found.filter { $0.2 > 0 }.map(\.0)
      columns += found.map { Column(table: table, name: $0.0, type: $0.1, key: key) }
    }
    return columns
  }

  /// A value of the same type that is another one.
  private func altered(_ column: Column) -> [String] {
    let name = "\"\(column.name)\""
    return switch column.type {
    case "INTEGER": ["coalesce(\(name), 0) + 1", "coalesce(\(name), 0) - 1"]
    case "TEXT": ["coalesce(\(name), '') || 'x'", "upper(coalesce(\(name), 'a'))"]
    default:
      [
        "CAST(substr(\(name), 1, length(\(name)) - 1) || x'00' AS BLOB)",
        "CAST(x'FF' || substr(\(name), 2) AS BLOB)",
      ]
    }
  }

  private func unguard(_ database: Database) throws {
    var triggers: [String] = []
    let statement = try Statement("SELECT name FROM sqlite_schema WHERE type = 'trigger'", in: database)
    while try statement.step() { triggers.append(statement.text(0)) }
    for trigger in triggers { try database.execute("DROP TRIGGER \(trigger)") }
    try database.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
  }

  private func copy(_ path: String, to target: String) throws {
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: path, toPath: target)
  }

  /// Whether a change is seen by the audit or by whoever opens the ledger; the dropped triggers alone do not count.
  private func isFound(_ path: String) throws -> Bool {
    do {
      let findings = try Audit.run(path).findings
      if findings.contains(where: { $0.code != .schema }) { return true }
    } catch { return true }
    return false
  }

  @Test("every column of every table")
  func everyColumn() throws {
    let (missed, tried) = try missed(in: try EveryColumnTests.ledger()) { $0 != "tiles" }
    #expect(missed.subtracting(EveryColumnTests.exempt).sorted() == [])
    #expect(EveryColumnTests.exempt.subtracting(missed).sorted() == [])
    #expect(tried > 240)
  }

  @Test("every column of the tiles")
  func tiles() throws {
    let (missed, tried) = try missed(in: try EveryColumnTests.ledger(payments: 260)) { $0 == "tiles" }
    #expect(missed.isEmpty && tried > 3, "\(missed)")
  }

  private func missed(
    in ledger: TestLedger, _ isWanted: (String) -> Bool
  ) throws -> (missed: Set<String>, tried: Int) {
    let file = ledger.folder.file("copy")
    var missed: Set<String> = []
    var tried = 0
    for column in try columns(try Database(ledger.path, .read)) where isWanted(column.table) {
      let count = try Database(ledger.path, .read).integer("SELECT count(*) FROM \(column.table)")
      #expect(count > 0, "\(column.table) has no rows to change")
      for offset in Set([0, count - 1]).sorted() {
        for value in altered(column) {
          try copy(ledger.path, to: file)
          let isChanged = try change(column, to: value, row: offset, in: file)
          guard isChanged else { continue }
          tried += 1
          if try !isFound(file) {
            missed.insert("\(column.table).\(column.name)")
            print("missed: \(column.table).\(column.name) row \(offset) \(value)")
          }
        }
      }
    }
    return (missed, tried)
  }

  /// `false` where the value was that already, or SQLite itself would not have it.
  private func change(_ column: Column, to value: String, row: Int64, in path: String) throws -> Bool {
    let database = try Database(path, .write)
    try unguard(database)
    let key = column.key.joined(separator: ", ")
    do {
      try database.execute(
        """
        UPDATE OR ABORT \(column.table) SET "\(column.name)" = \(value) WHERE (\(key)) = (
          SELECT \(key) FROM \(column.table) ORDER BY \(key) LIMIT 1 OFFSET \(row))
          AND "\(column.name)" IS NOT \(value)
        """)
    } catch { return false }
    return try database.integer("SELECT changes()") > 0
  }

  @Test("a row deleted from any table, or one added")
  func rows() throws {
    let ledger = try EveryColumnTests.ledger(payments: 260)
    let file = ledger.folder.file("copy")
    var missed: [String] = []
    let all = try columns(try Database(ledger.path, .read))
    for table in Set(all.map(\.table)).sorted() {
      let key = all.first { $0.table == table }?.key.joined(separator: ", ") ?? ""
      for order in ["ASC", "DESC"] {
        try copy(ledger.path, to: file)
        let database = try Database(file, .write)
        try unguard(database)
        let ordered = key.split(separator: ",").map { "\($0) \(order)" }.joined(separator: ", ")
        try database.execute(
          "DELETE FROM \(table) WHERE (\(key)) = (SELECT \(key) FROM \(table) ORDER BY \(ordered) LIMIT 1)")
        if try !isFound(file) { missed.append("DELETE \(table) \(order)") }
      }
      try copy(ledger.path, to: file)
      if try duplicate(table, all.filter { $0.table == table }, in: file), try !isFound(file) {
        missed.append("INSERT \(table)")
      }
    }
    // Which commits there were between two records is not in the log.
    #expect(missed == ["DELETE checkpoints ASC"])
  }

  /// Adds a copy of the last row under another key.
  private func duplicate(_ table: String, _ columns: [Column], in path: String) throws -> Bool {
    let database = try Database(path, .write)
    try unguard(database)
    let values = columns.map { column -> String in
      guard column.key.contains(column.name) else { return "\"\(column.name)\"" }
      return column.type == "INTEGER" ? "\"\(column.name)\" + 1" : altered(column)[0]
    }
    let key = columns[0].key.map { "\($0) DESC" }.joined(separator: ", ")
    do {
      try database.execute(
        "INSERT INTO \(table) SELECT \(values.joined(separator: ", ")) FROM \(table) ORDER BY \(key) LIMIT 1")
    } catch { return false }
    return true
  }

  @Test("two rows that change places")
  func swapped() throws {
    let ledger = try EveryColumnTests.ledger()
    let file = ledger.folder.file("copy")
    for (table, key, column) in [
      ("records", "number", "record"), ("records", "number", "leaf"), ("entries", "entry", "amount"),
      ("checkpoints", "size", "note"), ("texts", "record", "text"),
      ("accounts", "account", "name"),
    ] {
      try copy(ledger.path, to: file)
      let database = try Database(file, .write)
      try unguard(database)
      let place = { (offset: Int) in
        "(SELECT \(key) FROM \(table) ORDER BY \(key) LIMIT 1 OFFSET \(offset))"
      }
      try database.execute("CREATE TEMP TABLE kept AS SELECT \(key) AS k, \(column) AS v FROM \(table)")
      try database.execute(
        """
        UPDATE \(table) SET \(column) = CASE \(key)
          WHEN \(place(1)) THEN (SELECT v FROM kept WHERE k = \(place(2)))
          ELSE (SELECT v FROM kept WHERE k = \(place(1))) END
        WHERE \(key) IN (\(place(1)), \(place(2)))
        """)
      #expect(try isFound(file), "\(table).\(column)")
    }
  }
}
