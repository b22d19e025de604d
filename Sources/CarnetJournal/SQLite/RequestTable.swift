import CarnetLedger
import CarnetNotes

extension LogTables {
  private static let requestColumns =
    "record, id, code, payee, currency, amount, until, paid_in, cancelled_in"

  /// The payment request of an id, `nil` where there is none. Its first bits are indexed.
  func request(_ id: NoteID) throws(StoreError) -> RecordedRequest? {
    let statement = try database.statement(
      "SELECT \(LogTables.requestColumns) FROM requests WHERE code = ?1 AND id = ?2"
    ).bind(Int64(RequestCode.bits(of: id)), id.bytes)
    return try statement.step() ? LogTables.request(from: statement) : nil
  }

  /// The payment request of that record, `nil` where it is none.
  func request(in record: UInt64) throws(StoreError) -> RecordedRequest? {
    guard let record = Int64(exactly: record) else { return nil }
    let statement = try database.statement(
      "SELECT \(LogTables.requestColumns) FROM requests WHERE record = ?1"
    ).bind(record)
    return try statement.step() ? LogTables.request(from: statement) : nil
  }

  /// The oldest request of a code that is open at that time, else the newest; `nil` where there is none.
  func request(_ code: RequestCode, at time: Timestamp) throws(StoreError) -> RecordedRequest? {
    let statement = try database.statement(
      "SELECT \(LogTables.requestColumns) FROM requests WHERE code = ?1 ORDER BY record"
    ).bind(Int64(code.bits))
    var newest: RecordedRequest?
    while try statement.step() {
      let request = try LogTables.request(from: statement)
      if request.state(at: time) == .open { return request }
      newest = request
    }
    return newest
  }

  /// A member's requests before a record, newest first.
  func requests(
    of payee: MemberNumber, before record: UInt64, limit: Int
  ) throws(StoreError) -> [RecordedRequest] {
    let statement = try database.statement(
      """
      SELECT \(LogTables.requestColumns) FROM requests WHERE payee = ?1 AND record < ?2
      ORDER BY record DESC LIMIT ?3
      """
    ).bind(payee.description, Int64(clamping: record), Int64(limit))
    return try requests(from: statement)
  }

  private func requests(from statement: Statement) throws(StoreError) -> [RecordedRequest] {
    var requests: [RecordedRequest] = []
    while try statement.step() { requests.append(try LogTables.request(from: statement)) }
    return requests
  }

  private static func request(from row: Statement) throws(StoreError) -> RecordedRequest {
    guard let id = row.digest(1), let payee = MemberNumber(row.text(3)),
      let currency = CurrencyCode(row.text(4))
    else { throw .damaged("requests") }
    return RecordedRequest(
      record: try row.unsigned(0), id: id, payee: payee, currency: currency, amount: row.integer(5),
      until: row.integer(6), paidIn: try row.optionalUnsigned(7), cancelledIn: try row.optionalUnsigned(8))
  }
}

extension StateTables {
  func write(_ request: RecordedRequest) throws(StoreError) {
    try database.statement(
      """
      INSERT INTO requests (record, id, code, payee, currency, amount, until)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """
    ).bind(
      Int64(request.record), request.id.bytes, Int64(RequestCode.bits(of: request.id)),
      request.payee.description, request.currency.description, request.amount, request.until
    ).run()
  }

  /// Notes the record that paid or cancelled a request.
  func settle(_ request: UInt64, _ column: StaticString, _ record: UInt64) throws(StoreError) {
    try database.statement("UPDATE requests SET \(column) = ?2 WHERE record = ?1")
      .bind(Int64(request), Int64(record)).run()
  }

  /// The whole table, one text a row, as ``row(of:)`` writes it.
  static let requestRows = """
    SELECT record || ' ' || lower(hex(id)) || ' ' || code || ' ' || payee || ' ' || currency || ' ' || amount
      || ' ' || until || ' ' || coalesce(paid_in, '-') || ' ' || coalesce(cancelled_in, '-') FROM requests
    """

  static func row(of request: RecordedRequest) -> String {
    let ends = [request.paidIn, request.cancelledIn].map { $0.map { "\($0)" } ?? "-" }
    return """
      \(request.record) \(request.id.hex) \(RequestCode.bits(of: request.id)) \(request.payee) \
      \(request.currency) \(request.amount) \(request.until) \(ends[0]) \(ends[1])
      """
  }
}
