public import CarnetLedger
import CarnetNotes
import Foundation
import Synchronization

/// The durable, provable log of one ledger and the state behind it.
///
/// One process writes at a time; within it notes may be submitted from any thread. Reading sees committed state only.
public final class Journal: Sendable {
  /// How a ledger is opened.
  public struct Options: Sendable {
    public var clock: any LedgerClock
    /// Goes on without `FILE.head`, which must then be truly lost.
    public var isHeadLost: Bool
    /// Where the service manager hands over the ledger's key, in place of `FILE.key`.
    public var credential: String?
    /// Told when nothing can be written any more; a server ends then.
    public var onFailure: @Sendable (StoreError) -> Void

    public init(
      clock: any LedgerClock = SystemClock(), isHeadLost: Bool = false, credential: String? = nil,
      onFailure: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) {
      (self.clock, self.isHeadLost, self.credential) = (clock, isHeadLost, credential)
      self.onFailure = onFailure
    }
  }

  /// What readers see: everything behind the newest commit.
  struct Committed: Sendable {
    var state: LedgerState
    var accounts: AccountTable
    var tree: TreeEdge
    var checkpoint: SignedCheckpoint
    var failure: StoreError?
  }

  public let files: LedgerFiles
  /// `nil` where the ledger is opened for reading.
  let lock: LockFile?
  let readers: ReaderPool
  let committed: Mutex<Committed>
  let queue = SubmissionQueue()
  /// `nil` where the ledger is opened for reading.
  private let desk: WriterDesk?
  private let options: Options
  private let writerEnded = DispatchSemaphore(value: 0)
  private let referenceSecret: [UInt8]?
  /// `nil` where the ledger is opened for reading.
  let closingSecrets: ClosingSecrets?
  let newestTree = Mutex<(cutoff: UInt64, tree: ClosingTree)?>(nil)
  private let observers = Mutex<[@Sendable ([Record]) -> Void]>([])
  /// The newest checkpoint that a quorum of witnesses signed.
  let cosigned: Mutex<SignedCheckpoint?>

  /// The ledger's clock.
  public var clock: any LedgerClock { options.clock }

  /// Opens a ledger for writing: takes the lock, and compares the journal with `FILE.head` before anything is written.
  public init(opening path: String, options: Options = Options()) throws(StoreError) {
    files = LedgerFiles(path, credential: options.credential)
    guard FileSystem.exists(path) else { throw .missing }
    let secrets = try files.secrets()
    let lock = try LockFile(files.lock)
    try Database(path, .write).rewriteLog()
    try Schema.migrate(path)
    let store = try SQLiteStore(path)
    guard let restored = try store.restore() else { throw .notALedger }
    readers = try ReaderPool(path)
    let checkpoint = try Journal.verify(restored)
    guard secrets.signing(restored.state.ledgerKeys.signing(at: restored.state.time)) != nil else {
      throw .keyWrong
    }
    let (pool, files) = (readers, files)
    let published = try pool.read { log throws(StoreError) in
      _ = try Journal.compare(
        log, with: files.head, state: restored.state, mayBeMissing: options.isHeadLost)
      return try Journal.compare(log, with: files.cosigned, state: restored.state, mayBeMissing: true)
    }
    cosigned = Mutex(published)
    let head = try HeadFile(files.head, creates: options.isHeadLost)
    try head.write(checkpoint, at: monotonicMilliseconds())
    (self.lock, self.options, referenceSecret) = (lock, options, secrets.referenceSecret)
    closingSecrets = ClosingSecrets(secrets)
    committed = Mutex(
      Committed(
        state: restored.state, accounts: restored.accounts, tree: restored.tree, checkpoint: checkpoint))
    let writer = Writer(
      store: store, restored: restored, checkpoint: checkpoint, head: head, secrets: secrets,
      files: files, clock: options.clock
    ) { level, index throws(StoreError) in
      try pool.read { log throws(StoreError) in try log.hash(level: level, index: index) }
    }
    let desk = WriterDesk(writer, queue)
    self.desk = desk
    start(desk)
  }

  /// Opens a ledger for reading; submitting is refused. A copy without `FILE.head` can be read too.
  public init(reading path: String, options: Options = Options()) throws(StoreError) {
    files = LedgerFiles(path)
    guard FileSystem.exists(path) else { throw .missing }
    readers = try ReaderPool(path)
    let files = files
    let (restored, published) = try readers.read { log throws(StoreError) in
      guard let restored = try RestoredJournal(log) else { throw .notALedger }
      _ = try Journal.compare(log, with: files.head, state: restored.state, mayBeMissing: true)
      return (
        restored,
        try Journal.compare(log, with: files.cosigned, state: restored.state, mayBeMissing: true)
      )
    }
    cosigned = Mutex(published)
    (lock, self.options, referenceSecret, closingSecrets, desk) = (nil, options, nil, nil, nil)
    committed = Mutex(
      Committed(
        state: restored.state, accounts: restored.accounts, tree: restored.tree,
        checkpoint: try Journal.verify(restored)))
    queue.close()
    writerEnded.signal()
  }

  /// The secret of the bank references, `nil` where the ledger is opened for reading.
  public var bankReferenceSecret: [UInt8]? { referenceSecret }

  /// The newest stored checkpoint, signed by the ledger's key.
  private static func verify(_ restored: RestoredJournal) throws(StoreError) -> SignedCheckpoint {
    let keys = restored.state.ledgerKeys.entries.map {
      VerifierKey(origin: restored.state.origin, publicKey: $0.key)
    }
    guard let checkpoint = try? SignedCheckpoint(restored.checkpoint, verifiedBy: keys),
      checkpoint.checkpoint.belongs(to: restored.state.origin)
    else { throw .damaged("checkpoint \(restored.state.size)") }
    return checkpoint
  }

  /// Makes sure that the journal holds what a file beside it says was committed, and gives that checkpoint.
  private static func compare(
    _ log: LogTables, with path: String, state: LedgerState, mayBeMissing: Bool
  ) throws(StoreError) -> SignedCheckpoint? {
    guard let note = try HeadFile.read(path) else {
      guard mayBeMissing else { throw .headMissing }
      return nil
    }
    let keys = state.ledgerKeys.entries.map { VerifierKey(origin: state.origin, publicKey: $0.key) }
    guard let signed = try? SignedCheckpoint(note, verifiedBy: keys),
      signed.checkpoint.belongs(to: state.origin)
    else { throw .damaged(LedgerFiles.place(of: path)) }
    let head = signed.checkpoint
    guard head.size <= state.size else { throw .recordsMissing(from: state.size, through: head.size - 1) }
    let root = try Merkle.root(size: head.size) { level, index throws(StoreError) in
      try log.hash(level: level, index: index)
    }
    guard root == head.root else { throw .headDiffers }
    return signed
  }
}

extension Journal {
  /// Commits on a thread of its own until the queue is closed and empty.
  private func start(_ desk: WriterDesk) {
    let thread = Thread { [self] in
      while let done = desk.commitNext() {
        publish(done)
        for (pending, result) in done.answers { pending.completion(result) }
        if !done.additions.isEmpty {
          let records = done.additions.map(\.record)
          for observer in observers.withLock({ $0 }) { observer(records) }
        }
        if let failure = done.failure { return stop(desk, after: failure) }
      }
      do throws(StoreError) { try desk.close() } catch { fail(error) }
      writerEnded.signal()
    }
    thread.name = "writer"
    thread.stackSize = 4 * 1024 * 1024
    thread.start()
  }

  private func publish(_ batch: Writer.Batch) {
    guard !batch.additions.isEmpty else { return }
    committed.withLock { committed in
      for addition in batch.additions {
        committed.state.apply(addition.decision)
        for (entry, leg) in zip(addition.entries, addition.record.postings.legs) {
          committed.accounts.take(entry, of: leg.account)
        }
      }
      (committed.tree, committed.checkpoint) = (batch.tree, batch.checkpoint)
    }
  }

  /// Tells everyone who waits, and whoever comes, that nothing can be written any more.
  private func stop(_ desk: WriterDesk, after failure: StoreError) {
    queue.close()
    while let rest = desk.commitNext() {
      for (pending, result) in rest.answers { pending.completion(result) }
    }
    desk.abandon()
    fail(failure)
    writerEnded.signal()
  }

  private func fail(_ error: StoreError) {
    committed.withLock { $0.failure = error }
    options.onFailure(error)
  }

  /// Hands in a note; `completion` is called once, on any thread, after the commit that decided about it.
  ///
  /// Signatures are verified here, on the caller's thread, which may decide on what others handed in as well. The completion
  /// may take its time only on another thread: the next commit waits for it.
  public func submit(
    _ submission: Submission, completion: @escaping @Sendable (Result<Answer, LedgerError>) -> Void
  ) {
    let verified: VerifiedSubmission?
    do throws(Refusal) {
      let unverified = try committed.withLock { committed throws(Refusal) in
        try committed.state.unverified(submission)
      }
      verified = try unverified.verify()
    } catch .unknownKey {
      // The key may be enrolled by a note that is still on its way: the writer asks again in its turn.
      verified = nil
    } catch { return completion(.failure(.refused(error))) }
    let pending = Pending(submission: submission, verified: verified, completion: completion)
    switch queue.add(pending) {
    case .taken: desk?.advance()
    case .full: completion(.failure(.busy(retryAfterSeconds: Limits.retryAfterSeconds)))
    case .closed: completion(.failure(refusalWhenClosed))
    }
  }

  private var refusalWhenClosed: LedgerError {
    if lock == nil { return .storage(.readOnly) }
    return committed.withLock { $0.failure }.map { .storage($0) } ?? .stopping
  }

  /// Hands in a note and waits for its answer.
  public func submit(_ submission: Submission) throws(LedgerError) -> Answer {
    let ended = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Answer, LedgerError>>(.failure(.stopping))
    submit(submission) { answer in
      result.withLock { $0 = answer }
      ended.signal()
    }
    ended.wait()
    return try result.withLock { $0 }.get()
  }

  /// Why nothing can be written any more, `nil` while all is well.
  public var failure: StoreError? { committed.withLock { $0.failure } }

  /// Notes that wait for the writer now.
  public var waitingCount: Int { queue.uncommittedCount }

  /// Looks at the committed state; short, since the next commit waits to publish.
  public func read<Result, Failure: Error>(
    _ body: (borrowing LedgerState) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try committed.withLock { committed throws(Failure) in try body(committed.state) }
  }

  /// Tells `observer` of the records of each batch, once they are committed and their notes are answered.
  ///
  /// It is told on the thread that commits, which waits for it: all that takes time belongs on another.
  package func observe(_ observer: @escaping @Sendable ([Record]) -> Void) {
    observers.withLock { $0.append(observer) }
  }

  /// Leaves in the lock file where the ledger is served.
  public func announce(address: String) throws(StoreError) {
    try lock?.write(address: address)
  }

  /// Takes nothing in any more, answers what was taken in, syncs, and lets the lock go.
  public func close() {
    queue.close()
    writerEnded.wait()
    writerEnded.signal()
    readers.close()
    lock?.release()
  }
}
