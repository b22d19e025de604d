package import CarnetLedger
package import CarnetNotes

/// What changed at a till.
package enum TillChange: Hashable, Sendable {
  case requested(NoteID, record: UInt64)
  case claimed(NoteID)
  case paid(TillSale)
  case expired(NoteID)
  case cancelled(NoteID)
  case refunded(TillSale)

  package var kind: TillEvent.Kind {
    switch self {
    case .requested: .created
    case .claimed: .claimed
    case .paid: .paid
    case .expired: .expired
    case .cancelled: .cancelled
    case .refunded: .refunded
    }
  }
}

extension ServiceStore {
  /// Records of the log that were looked at.
  package func recordsSeen() throws(StoreError) -> UInt64 {
    try read { database throws(StoreError) in
      UInt64(clamping: try database.integer("SELECT records FROM progress"))
    }
  }

  /// Whether there is nothing that a record could concern: neither a till, nor an invitation, nor a webhook.
  package func concernsNoRecord() throws(StoreError) -> Bool {
    let tables = ["tills", "invitations", "webhooks"]
    let rows = tables.map { "EXISTS (SELECT 1 FROM \($0))" }.joined(separator: " OR ")
    return try read { database throws(StoreError) in try database.integer("SELECT \(rows)") == 0 }
  }

  /// Keeps how many records were looked at.
  package func see(records: UInt64) throws(StoreError) {
    try write { database throws(StoreError) in try ServiceStore.see(records, in: database) }
  }

  /// The same within the transaction that keeps what a record changed.
  static func see(_ records: UInt64, in database: Database) throws(StoreError) {
    try database.statement("UPDATE progress SET records = ?1").bind(Int64(records)).run()
  }

  /// Keeps a change together with the event that tells it, its way to webhooks, and how far the log was looked at: all of it
  /// or nothing.
  ///
  /// - Parameter time: when it happened.
  package func keep(
    _ change: TillChange, at till: TillID, time: Timestamp, data: String, records: UInt64?
  ) throws(StoreError) -> TillEvent {
    try write { database throws(StoreError) in
      try ServiceStore.apply(change, in: database)
      if let records { try ServiceStore.see(records, in: database) }
      let newest = try database.statement("SELECT max(sequence) FROM till_events WHERE till = ?1")
        .bind(till.description)
      guard try newest.step() else { throw .service(.damaged) }
      let sequence = newest.integer(0) + 1
      try database.statement("INSERT INTO till_events (till, sequence, kind, data) VALUES (?1, ?2, ?3, ?4)")
        .bind(till.description, sequence, change.kind.rawValue, data).run()
      try database.statement("DELETE FROM till_events WHERE till = ?1 AND sequence <= ?2")
        .bind(till.description, sequence - Limits.eventsKeptMax).run()
      let event = TillEvent(till: till, sequence: sequence, kind: change.kind, data: data)
      try ServiceStore.queue(event, at: time, in: database)
      return event
    }
  }

  /// The number of the newest event of a till, 0 before the first.
  package func newestEvent(of till: TillID) throws(StoreError) -> Int64 {
    try read { database throws(StoreError) in
      let newest = try database.statement(
        "SELECT coalesce(max(sequence), 0) FROM till_events WHERE till = ?1"
      )
      .bind(till.description)
      return try newest.step() ? newest.integer(0) : 0
    }
  }

  /// Events of a till behind a number, oldest first.
  package func events(of till: TillID, after sequence: Int64) throws(StoreError) -> [TillEvent] {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        "SELECT sequence, kind, data FROM till_events WHERE till = ?1 AND sequence > ?2 ORDER BY sequence"
      ).bind(till.description, sequence)
      var events: [TillEvent] = []
      while try statement.step() {
        guard let kind = TillEvent.Kind(rawValue: statement.text(1)) else { throw .service(.damaged) }
        events.append(
          TillEvent(till: till, sequence: statement.integer(0), kind: kind, data: statement.text(2)))
      }
      return events
    }
  }

  private static func apply(_ change: TillChange, in database: Database) throws(StoreError) {
    switch change {
    case .requested(let note, let record):
      try database.statement("UPDATE till_requests SET record = ?2 WHERE note = ?1")
        .bind(note.bytes, Int64(record)).run()
    case .claimed: break
    case .paid(let sale):
      try insert(sale, in: database)
      try set(.paid, sale.request, in: database)
    case .expired(let note): try set(.expired, note, in: database)
    case .cancelled(let note): try set(.cancelled, note, in: database)
    case .refunded(let refund): try insert(refund, in: database)
    }
  }

  private static func set(_ state: TillRequest.State, _ note: NoteID, in database: Database)
    throws(StoreError)
  {
    try database.statement("UPDATE till_requests SET state = ?2 WHERE note = ?1")
      .bind(note.bytes, state.rawValue).run()
  }

  private static func insert(_ sale: TillSale, in database: Database) throws(StoreError) {
    try database.statement(
      """
      INSERT INTO till_sales (record, till, kind, time, currency, amount, request, sale)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """
    ).bind(
      Int64(sale.record), sale.till.description, sale.kind.rawValue, sale.time.milliseconds,
      sale.currency.description, sale.amount, sale.request.bytes, sale.sale.map { Int64($0) }
    ).run()
  }
}
