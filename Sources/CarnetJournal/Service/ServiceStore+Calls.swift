package import CarnetLedger
package import CarnetNotes

/// A call under an Idempotency-Key: what was asked, what was about to be done, and the answer once there is one.
package struct SavedCall: Hashable, Sendable {
  /// What the caller was told, or will be told again.
  package struct Answer: Hashable, Sendable {
    package let status: Int
    package let location: String?
    package let body: [UInt8]

    package init(status: Int, location: String?, body: [UInt8]) {
      (self.status, self.location, self.body) = (status, location, body)
    }
  }

  /// SHA-256 of what was asked.
  package let request: Digest
  package let prepared: [UInt8]?
  package let answer: Answer?
}

extension ServiceStore {
  /// Who calls, and the key the call is made under.
  package struct CallKey: Hashable, Sendable {
    package let scope: String
    package let key: String

    /// - Parameter key: 1 to 128 visible ASCII characters, or `nil` comes out.
    package init?(scope: String, key: String) {
      let isVisible = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
      guard isVisible, (1...Limits.callKeyBytesMax).contains(key.utf8.count) else { return nil }
      (self.scope, self.key) = (scope, key)
    }
  }

  /// The call made under a key, `nil` where there is none that is young enough.
  package func call(_ key: CallKey, now: Timestamp) throws(StoreError) -> SavedCall? {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        """
        SELECT request, prepared, status, location, body FROM idempotency_keys
        WHERE scope = ?1 AND key = ?2 AND made > ?3
        """
      ).bind(key.scope, key.key, ServiceStore.oldestCall(now))
      guard try statement.step() else { return nil }
      guard let request = statement.digest(0) else { throw .service(.damaged) }
      let answer = statement.optionalInteger(2).map {
        SavedCall.Answer(status: Int($0), location: statement.optionalText(3), body: statement.bytes(4))
      }
      return SavedCall(
        request: request, prepared: statement.isNull(1) ? nil : statement.bytes(1), answer: answer)
    }
  }

  /// Keeps what is about to be done under a key, so that it can be brought to its end after a crash.
  ///
  /// - Returns: `false` where the caller has as many keys in use as may be kept.
  package func begin(
    _ key: CallKey, request: Digest, prepared: [UInt8], for tillRequest: TillRequest, now: Timestamp
  ) throws(StoreError) -> Bool {
    try write { database throws(StoreError) in
      guard try ServiceStore.makeRoom(for: key, now: now, in: database) else { return false }
      try database.statement(
        "INSERT INTO idempotency_keys (scope, key, made, request, prepared) VALUES (?1, ?2, ?3, ?4, ?5)"
      ).bind(key.scope, key.key, now.milliseconds, request.bytes, prepared).run()
      try ServiceStore.insert(tillRequest, in: database)
      return true
    }
  }

  /// Keeps the answer to a call that was begun.
  package func finish(_ key: CallKey, _ answer: SavedCall.Answer) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement(
        """
        UPDATE idempotency_keys SET status = ?3, location = ?4, body = ?5, prepared = NULL
        WHERE scope = ?1 AND key = ?2
        """
      ).bind(key.scope, key.key, Int64(answer.status), answer.location, answer.body).run()
    }
  }

  /// Lets a key go whose call was refused: nothing was done under it.
  package func forget(_ key: CallKey) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement("DELETE FROM idempotency_keys WHERE scope = ?1 AND key = ?2")
        .bind(key.scope, key.key).run()
    }
  }

  /// Keys older than this are forgotten.
  private static func oldestCall(_ now: Timestamp) -> Int64 {
    now.adding(milliseconds: -Limits.callMillisecondsKept).milliseconds
  }

  /// Removes what is too old; `false` where the caller's keys in use still leave no room for one more.
  static func makeRoom(for key: CallKey, now: Timestamp, in database: Database) throws(StoreError) -> Bool {
    try database.statement("DELETE FROM idempotency_keys WHERE made <= ?1").bind(oldestCall(now)).run()
    let count = try database.statement("SELECT count(*) FROM idempotency_keys WHERE scope = ?1")
      .bind(key.scope)
    guard try count.step() else { return false }
    return count.integer(0) < Limits.callsKeptMax
  }
}
