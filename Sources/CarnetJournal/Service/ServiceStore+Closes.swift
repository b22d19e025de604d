package import CarnetLedger
package import CarnetNotes

extension ServiceStore {
  /// The newest close of a till, `nil` before the first.
  package func newestClose(of till: TillID) throws(StoreError) -> TillClose? {
    try closes(of: till, before: .max, limit: 1).first
  }

  /// Closes of a till before a number, newest first.
  package func closes(of till: TillID, before number: Int64, limit: Int) throws(StoreError) -> [TillClose] {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        "SELECT text FROM till_closes WHERE till = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3"
      ).bind(till.description, number, Int64(limit))
      var closes: [TillClose] = []
      while try statement.step() {
        guard let close = try? TillClose(parsing: statement.bytes(0)) else { throw .service(.damaged) }
        closes.append(close)
      }
      return closes
    }
  }

  package func close(_ number: Int64, of till: TillID) throws(StoreError) -> TillClose? {
    guard number > 0, number < .max else { return nil }
    return try closes(of: till, before: number + 1, limit: 1).first.flatMap { $0.number == number ? $0 : nil }
  }

  /// Keeps a close together with the answer to the call that made it.
  ///
  /// - Returns: `false` where the caller has as many keys in use as may be kept.
  package func keep(
    _ close: TillClose, under key: CallKey, request: Digest, _ answer: SavedCall.Answer, now: Timestamp
  ) throws(StoreError) -> Bool {
    try write { database throws(StoreError) in
      guard try ServiceStore.makeRoom(for: key, now: now, in: database) else { return false }
      try database.statement("INSERT INTO till_closes (till, number, text) VALUES (?1, ?2, ?3)")
        .bind(close.till.description, close.number, close.bytes).run()
      try database.statement(
        """
        INSERT INTO idempotency_keys (scope, key, made, request, status, location, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """
      ).bind(
        key.scope, key.key, now.milliseconds, request.bytes, Int64(answer.status), answer.location,
        answer.body
      ).run()
      return true
    }
  }
}
