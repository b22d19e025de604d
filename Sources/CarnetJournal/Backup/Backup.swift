import Glibc

/// Copies of a ledger's database, each opened and audited before it counts as one.
///
/// A copy never holds `FILE.key`; without that file nothing can be written under the old origin.
public enum Backup {
  /// Pages copied between two looks at the progress.
  private static let pagesAtOnce: Int32 = 1_024

  /// Copies a ledger, live or not, to a path that must be free, and audits the copy.
  ///
  /// What the audit finds is in the report: a copy with findings is kept, under its name with `.damaged` behind it.
  public static func copy(
    _ path: String, to target: String, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(StoreError) -> Audit.Report {
    guard FileSystem.exists(path) else { throw .missing }
    guard !FileSystem.exists(target) else { throw .exists }
    let draft = "\(target).new"
    for rest in suffixes { _ = unsafe unlink(draft + rest) }
    try copyPages(path, to: draft, progress: progress)
    let report = try Audit.run(draft)
    for rest in suffixes.dropFirst() { _ = unsafe unlink(draft + rest) }
    let place = report.findings.isEmpty ? target : "\(target).damaged"
    guard unsafe rename(draft, place) == 0 else { throw StoreError(system: errno, during: "rename") }
    try FileSystem.syncFolder(of: target)
    return report
  }

  /// Puts a copy in the place of a ledger and audits it there. It is frozen by what it lacks: without `FILE.key` nobody
  /// writes, and a `FILE.head` that survived refuses a copy older than what was committed.
  public static func restore(
    _ copy: String, to target: String, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(StoreError) -> Audit.Report {
    let lock = try LockFile(LedgerFiles(target).lock)
    let report = try Backup.copy(copy, to: target, progress: progress)
    lock.release()
    return report
  }

  private static let suffixes = ["", "-wal", "-shm", "-journal"]

  private static func copyPages(
    _ path: String, to draft: String, progress: (Int, Int) -> Void
  ) throws(StoreError) {
    let source = try Database(path, .read)
    try Schema.check(source)
    let copy = try Database(draft, .create)
    _ = unsafe chmod(draft, 0o600)
    try source.copy(into: copy, pagesAtOnce: pagesAtOnce, progress: progress)
    // A copy stands alone: no write-ahead log beside it.
    _ = try copy.text("PRAGMA journal_mode = DELETE")
    let file = try FileDescriptor(draft, O_RDWR)
    try file.sync()
  }
}
