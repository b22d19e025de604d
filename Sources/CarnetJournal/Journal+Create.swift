public import CarnetLedger
import CarnetNotes
import Glibc

extension Journal {
  /// Founds a ledger: writes `FILE.key`, the database with the genesis as record 0, and `FILE.head`.
  ///
  /// The database is made under another name and moved into place once it is whole, so that no half of one is ever found.
  public static func create(
    at path: String, genesis: Submission, secrets: LedgerSecrets, clock: any LedgerClock = SystemClock()
  ) throws(LedgerError) {
    let founding = try founded(genesis, at: clock.time(of: genesis.id))
    do throws(StoreError) {
      try write(founding, at: LedgerFiles(path), secrets: secrets)
    } catch { throw .storage(error) }
  }

  /// Whether a ledger might be founded at a path: nothing is there, or what an interrupted founding seems to have left.
  public static func canCreate(at path: String) -> Bool {
    let files = LedgerFiles(path)
    return files.areFree || !FileSystem.exists(files.ledger) && FileSystem.exists(files.founding)
  }

  private static func founded(_ genesis: Submission, at time: Timestamp) throws(LedgerError) -> Addition {
    do throws(Refusal) {
      let verified = try LedgerState.unverified(genesis: genesis).verify()
      let (state, decision) = try LedgerState.found(verified, at: time)
      let bytes = decision.record.bytes
      return Addition(
        decision: decision, id: genesis.id, bytes: bytes, leaf: Merkle.leafHash(bytes), entries: [],
        saltedText: genesis.saltedText, tiles: [], founding: state)
    } catch { throw .refused(error) }
  }

  private static func write(
    _ founding: Addition, at files: LedgerFiles, secrets: LedgerSecrets
  ) throws(StoreError) {
    guard canCreate(at: files.ledger) else { throw .exists }
    try FileSystem.makeFolder(FileSystem.folder(of: files.ledger))
    let lock = try LockFile(files.lock)
    // Looked at behind the lock only: another process may be founding.
    if isUnfinished(files) { for path in [files.head, files.key] { _ = unsafe unlink(path) } }
    guard files.areFree else { throw .exists }
    let draft = files.founding
    for rest in ["", "-wal", "-shm", "-journal"] { _ = unsafe unlink(draft + rest) }
    var tree = TreeEdge()
    _ = tree.append(founding.leaf)
    let checkpoint = SignedCheckpoint.sign(
      Checkpoint(origin: founding.record.ledger, size: 1, root: tree.root), with: [secrets.keys[0]])
    try writeDatabase(draft, founding, checkpoint)
    try secrets.write(to: files.key)
    let head = try HeadFile(files.head, creates: true)
    try head.write(checkpoint, at: monotonicMilliseconds())
    try head.sync()
    guard unsafe rename(draft, files.ledger) == 0 else { throw StoreError(system: errno, during: "rename") }
    try FileSystem.syncFolder(of: files.ledger)
    withExtendedLifetime(lock) {}
  }

  /// Whether key and head are those of a founding that was interrupted before its last step, which gives the database its
  /// name: nothing of it was ever given out. A key that is not the draft's own is somebody's.
  private static func isUnfinished(_ files: LedgerFiles) -> Bool {
    guard !FileSystem.exists(files.ledger), FileSystem.exists(files.founding),
      let restored = try? SQLiteStore(files.founding).restore(), let secrets = try? files.secrets()
    else { return false }
    return secrets.signing(restored.state.ledgerKeys.signing(at: restored.state.time)) != nil
  }

  /// Makes the database with its schema and record 0, and closes it.
  ///
  /// Everything is in the one file before it is closed: what SQLite fails to do while it closes, nobody is told.
  private static func writeDatabase(
    _ path: String, _ founding: Addition, _ checkpoint: SignedCheckpoint
  ) throws(StoreError) {
    try Schema.create(in: try Database(path, .create))
    _ = unsafe chmod(path, 0o600)
    let store = try SQLiteStore(path)
    try store.insert(founding)
    try store.commit(checkpoint)
    guard try store.database.truncateLog() else { throw .busy }
  }
}
