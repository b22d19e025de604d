import CarnetNotes
package import Dispatch
import Glibc
import Synchronization

/// What the endpoint keeps beside the log, in `FILE.service`: tills, calls that are made once, events, closes.
///
/// It has a connection, a lock and a queue of its own, so that nothing here makes a payment wait. The file is opened when
/// it is first needed, by the one process that may write the ledger. Losing it loses no money.
public final class ServiceStore: Sendable {
  private let path: String
  private let isWritable: Bool
  private let connection = Mutex<Database?>(nil)
  /// The tills that work, by the hash of their token; `nil` until they were read.
  let bearers = Mutex<[Digest: Till]?>(nil)

  /// Where slow work is done, one piece after the other: a thread that serves requests never waits for this disk.
  package let queue = DispatchQueue(label: "service")

  /// The store beside a ledger; one that is only read has none to write to.
  public init(beside journal: Journal) {
    (path, isWritable) = (journal.files.service, journal.lock != nil)
  }

  /// Opens the file now, so that one that is damaged or too new is noticed at the start.
  public func open() throws(StoreError) {
    try read { _ throws(StoreError) in }
  }

  /// Runs a query.
  func read<Result: Sendable>(_ body: (Database) throws(StoreError) -> Result) throws(StoreError) -> Result {
    try connection.withLock { known throws(StoreError) in
      let database = try opened(&known)
      defer { database.resetStatements() }
      return try body(database)
    }
  }

  /// Runs changes as one transaction: on return all of it is durable, after a throw none of it happened.
  func write<Result: Sendable>(_ body: (Database) throws(StoreError) -> Result) throws(StoreError) -> Result {
    try connection.withLock { known throws(StoreError) in
      let database = try opened(&known)
      return try database.transaction("BEGIN IMMEDIATE") { () throws(StoreError) in try body(database) }
    }
  }

  /// Copies the write-ahead log back and closes the file; it is opened again where it is still needed.
  package func close() {
    queue.sync {}
    connection.withLock { known in
      _ = try? known?.truncateLog()
      known = nil
    }
  }

  private func opened(_ known: inout Database?) throws(StoreError) -> Database {
    if let known { return known }
    guard isWritable else { throw .readOnly }
    do throws(StoreError) {
      try ServiceStore.makeFile(path)
      let database = try Database(path, .write)
      try ServiceSchema.settle(database)
      try database.makeDurable()
      // Where a kill came between an erasure and this, the words are still in the log.
      _ = try database.truncateLog()
      let tills = try ServiceStore.bearers(in: database)
      bearers.withLock { $0 = tills }
      known = database
      return database
    } catch {
      switch error {
      case .notALedger, .damaged: throw .service(.damaged)
      default: throw error
      }
    }
  }

  /// Makes an empty file for its owner alone, or makes sure that the one that is there is no one else's to read.
  private static func makeFile(_ path: String) throws(StoreError) {
    let isNew = !FileSystem.exists(path)
    let file = try FileDescriptor(path, O_RDWR | O_CREAT, mode: 0o600)
    guard try file.permissions().mode & 0o077 == 0 else { throw .service(.exposed) }
    if isNew { try FileSystem.syncFolder(of: path) }
  }
}

/// What can be wrong with `FILE.service`.
public enum ServiceFault: Hashable, Sendable {
  /// Made by a newer program: its schema, and the newest this one knows.
  case newer(Int64, known: Int64)
  /// Its content is not what it must be.
  case damaged
  /// Others than its owner may read or write it; it holds the keys of tills.
  case exposed

  /// The machine name, never changed once released.
  public var code: String {
    switch self {
    case .newer: "service-newer"
    case .damaged: "service-damaged"
    case .exposed: "service-exposed"
    }
  }
}
