import CSQLite
import CarnetNotes

/// A prepared statement (`sqlite3_stmt`), finalised once. It keeps its database open.
@safe final class Statement {
  private let handle: OpaquePointer
  private let sql: String

  /// Prepares one statement: `sqlite3_prepare_v3`.
  init(_ sql: String, in database: Database) throws(StoreError) {
    var handle: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle = unsafe handle else { throw StoreError(sqlite: code, during: sql) }
    unsafe self.handle = handle
    self.sql = sql
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  /// Makes it ready to run again; what was bound stays until it is bound anew: `sqlite3_reset`.
  func reset() {
    unsafe sqlite3_reset(handle)
  }

  /// Advances to the next row; `false` when there is none left: `sqlite3_step`.
  func step() throws(StoreError) -> Bool {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      unsafe sqlite3_reset(handle)
      throw StoreError(sqlite: code, during: sql)
    }
  }

  /// Runs to the end a statement that returns no rows, and makes it ready again.
  func run() throws(StoreError) {
    _ = try step()
    reset()
  }

  /// Binds the values from the first place on.
  @discardableResult
  func bind(_ values: any Bindable...) throws(StoreError) -> Statement {
    for (index, value) in values.enumerated() {
      try check(value.bind(to: self, at: Int32(index + 1)))
    }
    return self
  }

  /// Binds one value, for what is written so often that a list of values would cost more than the row.
  func bind(at index: Int32, _ value: Int64) throws(StoreError) { try check(bind(value, at: index)) }

  /// Binds one value, see above.
  func bind(at index: Int32, _ value: [UInt8]) throws(StoreError) { try check(bind(value, at: index)) }

  private func check(_ code: Int32) throws(StoreError) {
    guard code == SQLITE_OK else { throw StoreError(sqlite: code, during: sql) }
  }
}

extension Statement {
  // `sqlite3_bind_*`: SQLite copies what it is given (SQLITE_TRANSIENT), so nothing has to outlive the call.

  fileprivate func bind(_ value: Int64, at index: Int32) -> Int32 {
    unsafe sqlite3_bind_int64(handle, index, value)
  }

  fileprivate func bind(_ value: [UInt8], at index: Int32) -> Int32 {
    let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    return unsafe value.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
      return unsafe sqlite3_bind_blob(handle, index, start, Int32(bytes.count), transient)
    }
  }

  fileprivate func bind(_ value: String, at index: Int32) -> Int32 {
    let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    return unsafe sqlite3_bind_text(handle, index, value, Int32(value.utf8.count), transient)
  }

  fileprivate func bindNull(at index: Int32) -> Int32 {
    unsafe sqlite3_bind_null(handle, index)
  }

  /// The column as an integer, 0 where it is none.
  func integer(_ column: Int32) -> Int64 {
    unsafe sqlite3_column_int64(handle, column)
  }

  /// The column as a number of a record or a size; a negative one is damage.
  func unsigned(_ column: Int32) throws(StoreError) -> UInt64 {
    guard let number = UInt64(exactly: integer(column)) else { throw .damaged("a negative number") }
    return number
  }

  /// The same, `nil` where it is NULL.
  func optionalUnsigned(_ column: Int32) throws(StoreError) -> UInt64? {
    isNull(column) ? nil : try unsigned(column)
  }

  /// The column as an integer, `nil` where it is NULL.
  func optionalInteger(_ column: Int32) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  /// The column's bytes in a new array.
  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The column's 32 bytes, `nil` for any other count.
  func digest(_ column: Int32) -> Digest? {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return nil }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe Digest(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The column as text, empty where it is none.
  func text(_ column: Int32) -> String {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The column as text, `nil` where it is NULL.
  func optionalText(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }
}

/// A value that a statement takes.
protocol Bindable {
  /// The result code of binding it.
  func bind(to statement: Statement, at index: Int32) -> Int32
}

extension Int64: Bindable {
  func bind(to statement: Statement, at index: Int32) -> Int32 { statement.bind(self, at: index) }
}

extension String: Bindable {
  func bind(to statement: Statement, at index: Int32) -> Int32 { statement.bind(self, at: index) }
}

extension Array: Bindable where Element == UInt8 {
  func bind(to statement: Statement, at index: Int32) -> Int32 { statement.bind(self, at: index) }
}

extension Optional: Bindable where Wrapped: Bindable {
  func bind(to statement: Statement, at index: Int32) -> Int32 {
    map { $0.bind(to: statement, at: index) } ?? statement.bindNull(at: index)
  }
}
