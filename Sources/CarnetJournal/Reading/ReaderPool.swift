import Synchronization

/// Connections that only read, each used by one thread at a time and then kept for the next.
final class ReaderPool: Sendable {
  private let path: String
  private let idle = Mutex<[Database]>([])

  /// Opens the first connection, so that a file that cannot be read shows at once.
  init(_ path: String) throws(StoreError) {
    self.path = path
    let first = try Database(path, .read)
    try Schema.check(first)
    idle.withLock { $0.append(first) }
  }

  /// Runs `body` on one consistent picture of what is committed. Short: it holds back the write-ahead log.
  func read<Result>(_ body: (LogTables) throws(StoreError) -> Result) throws(StoreError) -> Result {
    let kept = idle.withLock { $0.popLast() }
    let database: Database
    if let kept { database = kept } else { database = try Database(path, .read) }
    let result = try database.transaction { () throws(StoreError) in
      try body(LogTables(database: database))
    }
    // More connections than that are not worth keeping; after a throw none is.
    idle.withLock { if $0.count < Limits.readersMax { $0.append(database) } }
    return result
  }

  func close() {
    idle.withLock { $0 = [] }
  }
}
