package import CarnetLedger
import CarnetNotes

/// What is erased from the ledger's texts leaves the copies of them here too.
extension ServiceStore {
  /// Removes the copies of erased texts from events, from what waits for webhooks and from answers that are kept: the
  /// reference of a request and, where a member is erased, the handle and name it was asked under.
  ///
  /// This and how far the log was looked at are one transaction; after it, the write-ahead log is emptied, so that the
  /// words are in neither file. Events keep their numbers. A call that was cut off is forgotten with the text it carried.
  package func erase(_ target: Erasure.Target, records: UInt64) throws(StoreError) {
    try write { database throws(StoreError) in
      switch target {
      case .member(let number): try ServiceStore.erase(textsOf: number, in: database)
      case .note(let note): try ServiceStore.erase(referenceOf: note, in: database)
      }
      try ServiceStore.see(records, in: database)
    }
    try read { database throws(StoreError) in _ = try database.truncateLog() }
  }

  private static func erase(textsOf member: MemberNumber, in database: Database) throws(StoreError) {
    // Calls of a till have the scope `till:ID`, its messages the id `evt_ID_NUMBER`.
    let tills = "IN (SELECT id FROM tills WHERE member = ?1)"
    for sql in [
      "UPDATE till_events SET data = \(without(["reference", "handle", "name"], in: "data")) WHERE till \(tills)",
      """
      UPDATE webhook_deliveries
      SET body = \(without(["data.reference", "data.handle", "data.name"], in: "body"))
      WHERE message LIKE 'evt%' AND substr(message, 5, 8) \(tills)
      """,
      """
      UPDATE idempotency_keys
      SET body = CAST(\(without(["reference", "handle", "name"], in: "CAST(body AS TEXT)")) AS BLOB)
      WHERE body IS NOT NULL AND substr(scope, 6) \(tills)
      """,
      "DELETE FROM idempotency_keys WHERE prepared IS NOT NULL AND substr(scope, 6) \(tills)",
    ] { try database.statement(sql).bind(member.description).run() }
  }

  private static func erase(referenceOf note: NoteID, in database: Database) throws(StoreError) {
    for sql in [
      """
      UPDATE till_events SET data = \(without(["reference"], in: "data"))
      WHERE json_valid(data) AND json_extract(data, '$.id') = ?1
      """,
      """
      UPDATE webhook_deliveries SET body = \(without(["data.reference"], in: "body"))
      WHERE json_valid(body) AND json_extract(body, '$.data.id') = ?1
      """,
      """
      UPDATE idempotency_keys SET body = CAST(\(without(["reference"], in: "CAST(body AS TEXT)")) AS BLOB)
      WHERE json_valid(CAST(body AS TEXT)) AND json_extract(CAST(body AS TEXT), '$.id') = ?1
      """,
    ] { try database.statement(sql).bind(note.hex).run() }
    try database.statement(
      """
      DELETE FROM idempotency_keys
      WHERE prepared IS NOT NULL AND substr(scope, 6) IN (SELECT till FROM till_requests WHERE note = ?1)
      """
    ).bind(note.bytes).run()
  }

  /// A column's JSON with `null` in the place of some members; what is not JSON stays as it is.
  private static func without(_ members: [String], in column: String) -> String {
    let replaced = members.map { ", '$.\($0)', NULL" }.joined()
    return "CASE WHEN json_valid(\(column)) THEN json_replace(\(column)\(replaced)) ELSE \(column) END"
  }
}
