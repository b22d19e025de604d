import CSQLite

/// What is done to a disk's files through SQLite.
enum DiskOperation: Int32, Hashable, Sendable, CaseIterable {
  case open, read, write, sync, truncate, delete
  /// Mapping a part of `FILE-shm`, which may have to grow for it.
  case share

  /// Everything but reading.
  static let changes: Set<DiskOperation> = [.open, .write, .sync, .truncate, .delete, .share]
}

/// What goes wrong on a disk, and when.
struct FaultPlan: Hashable, Sendable {
  enum Effect: Hashable, Sendable {
    /// The operation fails as on a broken disk; so do all later ones where it lasts.
    case failure(lasts: Bool)
    /// As on a full one: writing fails, nothing else does.
    case full(lasts: Bool)
    /// The operation is the last one before the power goes.
    case powerCut

    static let all: [Effect] = [
      .failure(lasts: false), .failure(lasts: true), .full(lasts: false), .full(lasts: true), .powerCut,
    ]
  }

  var effect: Effect
  /// The number of the operation, from 1, among the counted ones.
  var at: Int
  var counted: Set<DiskOperation> = DiskOperation.changes

  /// The result of an operation that fails, `nil` where it does not.
  func code(of operation: DiskOperation, number: Int) -> Int32? {
    switch effect {
    case .powerCut: return nil
    case .failure(let lasts):
      return number == at || (lasts && number > at) ? operation.failureCode : nil
    case .full(let lasts):
      guard operation == .write else { return nil }
      return number == at || (lasts && number > at) ? SQLITE_FULL : nil
    }
  }
}

extension DiskOperation {
  /// What the system's file system says where the operation fails: `SQLITE_IOERR_*`.
  var failureCode: Int32 {
    switch self {
    case .open: SQLITE_CANTOPEN
    case .read: SQLITE_IOERR | (1 << 8)
    case .write: SQLITE_IOERR | (3 << 8)
    case .sync: SQLITE_IOERR | (4 << 8)
    case .truncate: SQLITE_IOERR | (6 << 8)
    case .delete: SQLITE_IOERR | (10 << 8)
    case .share: SQLITE_IOERR | (21 << 8)
    }
  }
}

/// What is on a disk after the power came back, of all that was written behind each file's last sync.
enum Survival: Hashable, Sendable, CaseIterable {
  /// Nothing.
  case nothing
  /// The first few changes of each file, the one behind them torn at a sector of 512 bytes.
  case torn
  /// Any sectors of any change, whatever their order; what was never written reads as anything.
  case scattered
  /// Everything.
  case everything
}
