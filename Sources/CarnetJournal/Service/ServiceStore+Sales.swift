package import CarnetLedger
package import CarnetNotes

extension ServiceStore {
  static func insert(_ request: TillRequest, in database: Database) throws(StoreError) {
    try database.statement(
      "INSERT INTO till_requests (note, till, until, cashier, state) VALUES (?1, ?2, ?3, ?4, ?5)"
    ).bind(
      request.note.bytes, request.till.description, request.until, request.cashier, request.state.rawValue
    ).run()
  }

  /// What a till asked for in a note, `nil` for a note of anyone else.
  package func request(_ note: NoteID) throws(StoreError) -> TillRequest? {
    try read { database throws(StoreError) in
      try ServiceStore.requests("WHERE note = ?1", note.bytes, in: database).first
    }
  }

  /// Recorded requests that nothing became of before a moment, the oldest ones first.
  package func requestsDue(before seconds: Int64) throws(StoreError) -> [TillRequest] {
    try read { database throws(StoreError) in
      try ServiceStore.requests(
        "WHERE state = 'open' AND until < ?1 AND record IS NOT NULL ORDER BY until LIMIT 100", seconds,
        in: database)
    }
  }

  /// How many requests of a till wait to be paid.
  package func openRequests(of till: TillID) throws(StoreError) -> Int {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        "SELECT count(*) FROM till_requests WHERE state = 'open' AND till = ?1"
      ).bind(till.description)
      guard try statement.step() else { return 0 }
      return Int(statement.integer(0))
    }
  }

  /// Minor units of a sale that were given back.
  package func refunded(_ record: UInt64) throws(StoreError) -> Int64 {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        "SELECT coalesce(sum(amount), 0) FROM till_sales WHERE sale = ?1"
      ).bind(Int64(clamping: record))
      guard try statement.step() else { return 0 }
      return statement.integer(0)
    }
  }

  /// Removes requests that never got a record, and those that ended unpaid long ago.
  package func removeOldRequests(now: Timestamp) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement("DELETE FROM till_requests WHERE record IS NULL AND until < ?1")
        .bind(now.seconds - Limits.unrecordedSecondsKept).run()
      try database.statement(
        "DELETE FROM till_requests WHERE state IN ('expired', 'cancelled') AND until < ?1"
      ).bind(now.seconds - Limits.unpaidSecondsKept).run()
    }
  }

  /// The sale in a record, `nil` where it is none of a till.
  package func sale(_ record: UInt64) throws(StoreError) -> TillSale? {
    guard let number = Int64(exactly: record) else { return nil }
    return try read { database throws(StoreError) in
      let statement = try database.statement(
        "SELECT \(ServiceStore.saleColumns) FROM till_sales WHERE record = ?1"
      ).bind(number)
      return try statement.step() ? try ServiceStore.sale(from: statement) : nil
    }
  }

  /// Sales and refunds of a till in records from one number to another, oldest first.
  package func sales(of till: TillID, in records: ClosedRange<UInt64>) throws(StoreError) -> [TillSale] {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        """
        SELECT \(ServiceStore.saleColumns) FROM till_sales
        WHERE till = ?1 AND record BETWEEN ?2 AND ?3 ORDER BY record
        """
      ).bind(till.description, Int64(clamping: records.lowerBound), Int64(clamping: records.upperBound))
      return try ServiceStore.sales(from: statement)
    }
  }

  /// Sales and refunds of a till before a record, newest first, at most `limit`.
  package func sales(of till: TillID, before record: UInt64, limit: Int) throws(StoreError) -> [TillSale] {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        """
        SELECT \(ServiceStore.saleColumns) FROM till_sales
        WHERE till = ?1 AND record < ?2 ORDER BY record DESC LIMIT ?3
        """
      ).bind(till.description, Int64(clamping: record), Int64(limit))
      return try ServiceStore.sales(from: statement)
    }
  }

  private static let saleColumns = "record, till, time, currency, amount, request, sale"

  private static func sales(from statement: Statement) throws(StoreError) -> [TillSale] {
    var sales: [TillSale] = []
    while try statement.step() { sales.append(try sale(from: statement)) }
    return sales
  }

  private static func sale(from statement: Statement) throws(StoreError) -> TillSale {
    guard let till = TillID(statement.text(1)), let currency = CurrencyCode(statement.text(3)),
      let request = statement.digest(5)
    else { throw .service(.damaged) }
    return TillSale(
      record: try statement.unsigned(0), till: till, time: Timestamp(milliseconds: statement.integer(2)),
      currency: currency, amount: statement.integer(4), request: request,
      sale: try statement.optionalUnsigned(6))
  }

  private static func requests(
    _ condition: String, _ value: any Bindable, in database: Database
  ) throws(StoreError) -> [TillRequest] {
    let statement = try database.statement(
      "SELECT note, till, until, cashier, record, state FROM till_requests \(condition)"
    ).bind(value)
    var found: [TillRequest] = []
    while try statement.step() {
      guard let note = statement.digest(0), let till = TillID(statement.text(1)),
        let state = TillRequest.State(rawValue: statement.text(5))
      else { throw .service(.damaged) }
      found.append(
        TillRequest(
          note: note, till: till, until: statement.integer(2), cashier: statement.optionalText(3),
          record: try statement.optionalUnsigned(4), state: state))
    }
    return found
  }
}
