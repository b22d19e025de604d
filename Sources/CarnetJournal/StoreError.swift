/// What can be wrong with the file of a ledger or the disk it lies on. No case carries a bound value or a secret.
public enum StoreError: Error, Hashable, Sendable {
  /// There is no such file.
  case missing
  /// A ledger is there already.
  case exists
  /// Not an SQLite database, or that of another program.
  case notALedger
  /// Made by a newer program: its schema, and the newest this one knows.
  case newerSchema(Int64, known: Int64)
  /// Made by an older program and not brought up to date yet: its schema, and the one this program reads.
  case olderSchema(Int64, known: Int64)
  /// Another process writes; what its lock file says of it.
  case locked(holder: String)
  /// File, folder or disk can only be read.
  case readOnly
  /// The disk is full.
  case full
  /// Another connection holds the database for too long.
  case busy
  /// The content is not what it must be; the place, in words that name no value.
  case damaged(String)
  /// The journal ends before what `FILE.head` says was committed: the first missing number and the last.
  case recordsMissing(from: UInt64, through: UInt64)
  /// At the size that `FILE.head` names, the journal has another root.
  case headDiffers
  /// There is no `FILE.head`.
  case headMissing
  /// There is no `FILE.key`, or this user may not read it.
  case keyMissing
  /// Others than its owner may read or write `FILE.key`.
  case keyExposed
  /// `FILE.key` is not of its form, or does not hold the key this ledger signs with.
  case keyWrong
  /// Something is wrong with `FILE.service`.
  case service(ServiceFault)
  /// Reading or writing failed: what was done, and the system's error number.
  case system(String, code: Int32)
  /// SQLite failed in a way that has no case of its own: its extended result code, and the statement.
  case database(code: Int32, statement: String)
}

extension StoreError {
  /// The machine name, never changed once released.
  public var code: String {
    switch self {
    case .missing: "ledger-missing"
    case .exists: "ledger-exists"
    case .notALedger: "not-a-ledger"
    case .newerSchema: "newer-schema"
    case .olderSchema: "older-schema"
    case .locked: "ledger-locked"
    case .readOnly: "read-only"
    case .full: "disk-full"
    case .busy: "database-busy"
    case .damaged: "damaged"
    case .recordsMissing: "records-missing"
    case .headDiffers: "head-differs"
    case .headMissing: "head-missing"
    case .keyMissing: "ledger-key-missing"
    case .keyExposed: "ledger-key-exposed"
    case .keyWrong: "ledger-key-wrong"
    case .service(let fault): fault.code
    case .system: "input-output"
    case .database: "database"
    }
  }
}
