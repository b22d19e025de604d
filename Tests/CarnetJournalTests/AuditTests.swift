import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetJournal

@Suite struct AuditTests {
  @Test("the books of an honest ledger audit clean, live and closed")
  func clean() throws {
    let ledger = try TestLedger.withHistory()
    var report = try Audit.run(ledger.path)
    #expect(report.findings.map(\.description) == [])
    #expect(report.size == ledger.journal.read { $0.size })
    ledger.journal.close()
    report = try Audit.run(ledger.path)
    #expect(report.findings.map(\.description) == [])
  }

  /// One change to the file, and the finding that names it.
  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: String
    let finding: String
  }

  static let damages = [
    Damage(
      testDescription: "a posting", sql: "UPDATE entries SET amount = amount + 1 WHERE entry = 9 * 8",
      finding: "posting 9 entries.amount"),
    Damage(
      testDescription: "a balance", sql: "UPDATE entries SET balance = balance + 1 WHERE entry = 9 * 8",
      finding: "balance 9 entries.balance"),
    Damage(
      testDescription: "a leaf", sql: "UPDATE records SET leaf = zeroblob(32) WHERE number = 9",
      finding: "leaf-hash 9 records.leaf"),
    Damage(
      testDescription: "a record's time", sql: "UPDATE records SET time = time + 1 WHERE number = 9",
      finding: "record-time 9 records.time"),
    Damage(
      testDescription: "a removed record", sql: "DELETE FROM records WHERE number = 9",
      finding: "record-missing 9 records"),
    Damage(
      testDescription: "a removed entry", sql: "DELETE FROM entries WHERE entry = 9 * 8",
      finding: "posting 9 entries"),
    Damage(
      testDescription: "a role", sql: "UPDATE members SET roles = 'officer'",
      finding: "projection 2 members.roles"),
    Damage(
      testDescription: "a key", sql: "UPDATE member_keys SET active_from = 0",
      finding: "projection 0 member_keys"),
    Damage(
      testDescription: "a text", sql: "UPDATE texts SET text = 'other' WHERE record = 9",
      finding: "text-differs 9 texts.text"),
    Damage(
      testDescription: "a removed text", sql: "DELETE FROM texts WHERE record = 9",
      finding: "text-missing 9 texts"),
    Damage(
      testDescription: "a checkpoint",
      sql:
        "UPDATE checkpoints SET note = CAST(replace(CAST(note AS TEXT), x'0A' || '10' || x'0A', x'0A' || '11' || x'0A') AS BLOB) WHERE size = 10",
      finding: "checkpoint 9 checkpoints.note"),
    Damage(
      testDescription: "a limit",
      sql: "INSERT INTO member_limits VALUES ((SELECT max(number) FROM members), 'MIN', -1, NULL)",
      finding: "projection"),
    Damage(
      testDescription: "a trigger", sql: "DROP TRIGGER records_stay", finding: "schema - trigger.records_stay"
    ),
    Damage(
      testDescription: "an id", sql: "DELETE FROM recent_ids WHERE number = 9", finding: "index 9 note_ids"),
    Damage(
      testDescription: "a setting", sql: "INSERT INTO settings VALUES (9, 'key-delay', 0, 0)",
      finding: "projection - settings"),
    Damage(
      testDescription: "an account", sql: "UPDATE accounts SET balance = 5 WHERE account = 0",
      finding: "projection"),
    Damage(
      testDescription: "a signature",
      sql:
        "UPDATE records SET record = CAST(substr(record, 1, length(record) - 10) || 'AAAAAA' || substr(record, -4) AS BLOB) WHERE number = 9",
      finding: "signature 9 records.record"),
  ]

  @Test("one changed value anywhere is found and named", arguments: damages)
  func damaged(_ damage: Damage) throws {
    let ledger = try TestLedger.withHistory()
    ledger.journal.close()
    try change(ledger.path, damage.sql)
    let findings = try Audit.run(ledger.path).findings.map(\.description)
    #expect(findings.contains { $0.hasPrefix(damage.finding) }, "\(findings)")
  }

  /// Runs a statement with the guards taken off, as someone would who means harm.
  private func change(_ path: String, _ sql: String) throws {
    let database = try Database(path, .write)
    let triggers = ["records", "entries", "checkpoints", "tiles"].flatMap { table in
      ["stay", "last"].map { "\(table)_\($0)" }
    }
    let definitions = try triggers.map {
      try database.text("SELECT sql FROM sqlite_schema WHERE name = '\($0)'")
    }
    for trigger in triggers { try database.execute("DROP TRIGGER \(trigger)") }
    if !sql.contains("DROP TRIGGER") {
      try database.execute(sql)
      #expect(try database.integer("SELECT changes()") > 0)
    }
    for (trigger, definition) in zip(triggers, definitions) where !sql.hasSuffix(trigger) {
      try database.execute(definition)
    }
  }
}

extension TestLedger {
  /// A ledger in which a little of everything happened; record 9 is a payment with a memo.
  static func withHistory() throws -> TestLedger {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob", roles: [.auditor]))
    for amount in 1...5 { try ledger.submit(ledger.payment(of: Int64(amount), to: bob), by: alice) }
    let memo = try #require(SubmittedText("merci"))
    try ledger.submit(ledger.payment(of: 7, to: alice, memo: memo.hash), by: bob, saltedText: memo)
    try ledger.submit(
      .reversal(Reversal(record: 9, amount: 3, reason: nil)), by: alice)
    try ledger.submit(.void(VoidOrder(note: Digest.sha256([1]))), by: bob)
    try ledger.submit(
      .limits(
        LimitsChange(
          number: alice.number, currency: ledger.currency, floor: -5_000, ceiling: nil, reason: nil)),
      by: ledger.place.officer)
    return ledger
  }
}
