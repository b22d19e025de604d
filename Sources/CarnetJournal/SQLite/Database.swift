import CSQLite
import CarnetNotes

/// One connection to an SQLite database (`sqlite3`), closed once, by its only owner.
///
/// Not safe to share: each connection is used by one thread at a time, which whoever holds it sees to.
@safe final class Database: @unchecked Sendable {
  /// How a file is opened.
  enum Mode: Sendable {
    case create, write, read
  }

  /// Milliseconds a statement waits for another connection's lock.
  static let busyTimeoutMilliseconds: Int32 = 5_000

  let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens a file: `sqlite3_open_v2`. Every guard is set and read back.
  ///
  /// Whoever may read the file but make no files beside it cannot share SQLite's locks; where no write-ahead log waits
  /// the file alone is the whole ledger, and is read as it stands.
  convenience init(_ path: String, _ mode: Mode) throws(StoreError) {
    do throws(StoreError) {
      try self.init(opening: path, mode)
      if case .read = mode { _ = try integer("SELECT count(*) FROM sqlite_schema") }
    } catch {
      guard case .read = mode, error.isOfRights, FileSystem.exists(path),
        !FileSystem.hasContent("\(path)-wal")
      else { throw error.isOfRights ? Database.cause(of: error, at: path, mode) : error }
      try self.init(opening: "file:\(Database.escaped(path))?immutable=1", mode)
    }
  }

  /// Why SQLite could not open a file, or what lies beside it: it does not say.
  private static func cause(of error: StoreError, at path: String, _ mode: Mode) -> StoreError {
    if case .create = mode { return error }
    guard FileSystem.exists(path) else { return .missing }
    return FileSystem.mayWrite(inFolderOf: path) ? error : .readOnly
  }

  /// A path as the path of a `file:` URI.
  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"): "%" + (Hex.encode([byte]) as String)
      default: String(decoding: [byte], as: UTF8.self)
      }
    }.joined()
  }

  private init(opening path: String, _ mode: Mode) throws(StoreError) {
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_URI
    switch mode {
    case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .write: flags |= SQLITE_OPEN_READWRITE
    case .read: flags |= SQLITE_OPEN_READONLY
    }
    var handle: OpaquePointer?
    let code = unsafe sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK, let handle = unsafe handle else {
      unsafe sqlite3_close_v2(handle)
      throw StoreError(sqlite: code, during: "open")
    }
    unsafe self.handle = handle
    unsafe sqlite3_busy_timeout(handle, Database.busyTimeoutMilliseconds)
    try guardAgainstHarm(mode)
  }

  deinit {
    statements.removeAll()
    unsafe sqlite3_close_v2(handle)
  }

  /// Runs statements that return nothing: `sqlite3_exec`.
  func execute(_ sql: String) throws(StoreError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw StoreError(sqlite: code, during: sql) }
  }

  /// The prepared statement of a text, prepared once and kept; ready to be bound.
  func statement(_ sql: String) throws(StoreError) -> Statement {
    if let statement = statements[sql] {
      statement.reset()
      return statement
    }
    let statement = try Statement(sql, in: self)
    statements[sql] = statement
    return statement
  }

  /// Ends every statement that stands on a row, which would keep an old picture of the database in use.
  func resetStatements() {
    for statement in statements.values { statement.reset() }
  }

  /// The integer that a query of one row and column gives.
  func integer(_ sql: String) throws(StoreError) -> Int64 {
    let statement = try Statement(sql, in: self)
    guard try statement.step() else { throw .damaged(sql) }
    return statement.integer(0)
  }

  /// The text that a query of one row and column gives.
  func text(_ sql: String) throws(StoreError) -> String {
    let statement = try Statement(sql, in: self)
    guard try statement.step() else { throw .damaged(sql) }
    return statement.text(0)
  }

  /// Runs `body` between BEGIN and COMMIT; a throw rolls back.
  func transaction<Result>(_ begin: String = "BEGIN", _ body: () throws(StoreError) -> Result)
    throws(StoreError)
    -> Result
  {
    try execute(begin)
    do throws(StoreError) {
      let result = try body()
      resetStatements()
      try execute("COMMIT")
      return result
    } catch {
      resetStatements()
      // SQLite may have rolled back by itself already, which is as good.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// Copies the whole database into another: `sqlite3_backup_init`, `_step`, `_finish`, a number of pages at a time.
  ///
  /// - Parameter progress: pages left and pages in all, after each step.
  func copy(
    into target: Database, pagesAtOnce: Int32, progress: (Int, Int) -> Void
  ) throws(StoreError) {
    guard let backup = unsafe sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw StoreError(sqlite: unsafe sqlite3_extended_errcode(target.handle), during: "backup")
    }
    var code = SQLITE_OK
    repeat {
      code = unsafe sqlite3_backup_step(backup, pagesAtOnce)
      progress(
        Int(unsafe sqlite3_backup_remaining(backup)), Int(unsafe sqlite3_backup_pagecount(backup)))
    } while code == SQLITE_OK
    let finished = unsafe sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE, finished == SQLITE_OK else {
      throw StoreError(sqlite: code == SQLITE_DONE ? finished : code, during: "backup")
    }
  }
}

extension Database {
  /// Writes the write-ahead log over itself and syncs it, for whoever is the only one that writes.
  ///
  /// After a sync that failed, the system takes for clean what never reached the disk (Rebello et al., "Can Applications
  /// Recover from fsync Failures?", USENIX ATC 2020): the next process reads a log that a loss of power takes away, and a
  /// later sync mends nothing. What is built on that log, a half-copied database above all, would be lost with it.
  func rewriteLog() throws(StoreError) {
    // A first look makes SQLite open the log.
    _ = try integer("SELECT count(*) FROM sqlite_schema")
    var log: UnsafeMutablePointer<sqlite3_file>?
    try check(unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log))
    guard let log = unsafe log, let methods = unsafe log.pointee.pMethods?.pointee else { return }
    var size: Int64 = 0
    try check(unsafe methods.xFileSize(log, &size))
    guard size > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: Database.rewriteBytes)
    for start in stride(from: 0, to: size, by: buffer.count) {
      let count = Int32(min(Int64(buffer.count), size - start))
      try check(unsafe methods.xRead(log, &buffer, count, start))
      try check(unsafe methods.xWrite(log, buffer, count, start))
    }
    try check(unsafe methods.xSync(log, SQLITE_SYNC_NORMAL))
  }

  /// Bytes of the log that are read and written at once: no more than the largest page, since SQLite's files take no
  /// 128 KiB in one call.
  private static let rewriteBytes = 65_536

  private func check(_ code: Int32) throws(StoreError) {
    guard code == SQLITE_OK else { throw StoreError(sqlite: code, during: "rewrite log") }
  }

  /// What every connection has, whatever the library's defaults: set, then read back.
  private func guardAgainstHarm(_ mode: Mode) throws(StoreError) {
    try setFlag(SQLITE_DBCONFIG_DEFENSIVE, to: 1)
    try setFlag(SQLITE_DBCONFIG_TRUSTED_SCHEMA, to: 0)
    try setFlag(SQLITE_DBCONFIG_DQS_DML, to: 0)
    try setFlag(SQLITE_DBCONFIG_DQS_DDL, to: 0)
    for (name, value) in [
      ("foreign_keys", 1), ("recursive_triggers", 1), ("trusted_schema", 0), ("cell_size_check", 1),
      ("temp_store", 2),
    ] as [(String, Int64)] {
      try execute("PRAGMA \(name) = \(value)")
      let actual = try integer("PRAGMA \(name)")
      guard actual == value else { throw .damaged("PRAGMA \(name)") }
    }
  }

  /// Makes commits durable: write-ahead log, a sync at each commit. For connections that write.
  func makeDurable() throws(StoreError) {
    let mode = try text("PRAGMA journal_mode = WAL")
    guard mode == "wal" else { throw .damaged("PRAGMA journal_mode") }
    try execute("PRAGMA synchronous = FULL")
    guard try integer("PRAGMA synchronous") == 2 else { throw .damaged("PRAGMA synchronous") }
    // What is erased is overwritten, not only unlinked.
    guard try integer("PRAGMA secure_delete = ON") == 1 else { throw .damaged("PRAGMA secure_delete") }
    try execute("PRAGMA wal_autocheckpoint = \(Limits.walPagesMax)")
    try execute("PRAGMA journal_size_limit = \(Limits.walBytesKept)")
    try execute("PRAGMA cache_size = -\(Limits.cacheKibibytes)")
  }

  /// Copies the write-ahead log back and empties it; `false` where a reader is in the way, who is not waited for.
  func truncateLog() throws(StoreError) -> Bool {
    unsafe sqlite3_busy_timeout(handle, 0)
    defer { unsafe sqlite3_busy_timeout(handle, Database.busyTimeoutMilliseconds) }
    return try integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
  }

  private func setFlag(_ option: Int32, to value: Int32) throws(StoreError) {
    var result: Int32 = -1
    let code = unsafe carnet_sqlite3_db_config_flag(handle, option, value, &result)
    guard code == SQLITE_OK, result == value else { throw .damaged("sqlite3_db_config \(option)") }
  }
}

extension StoreError {
  /// The case of an SQLite result code (primary or extended).
  init(sqlite code: Int32, during sql: String) {
    switch code & 0xFF {
    case SQLITE_READONLY: self = .readOnly
    case SQLITE_PERM: self = .readOnly
    case SQLITE_FULL: self = .full
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
    case SQLITE_NOTADB: self = .notALedger
    case SQLITE_CORRUPT: self = .damaged("SQLite")
    case SQLITE_CONSTRAINT: self = .damaged(sql)
    case SQLITE_CANTOPEN, SQLITE_IOERR: self = .system(sql, code: code)
    default: self = .database(code: code, statement: sql)
    }
  }

  /// Whether it may be for want of rights to the file or to its folder.
  fileprivate var isOfRights: Bool {
    if case .system(_, let code) = self { return code & 0xFF == SQLITE_CANTOPEN }
    return self == .readOnly
  }
}
