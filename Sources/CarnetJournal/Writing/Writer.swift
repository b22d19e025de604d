import CarnetLedger
import CarnetNotes

/// The one that writes: owns the state and the store; one thread at a time uses it, see ``WriterDesk``.
///
/// Invariants: 1. state, accounts and tree are those behind the store's newest inserted record; 2. nothing is told to
/// anyone before its commit returned; 3. after a failed commit nothing is written any more.
final class Writer {
  private let store: any JournalStore
  private let head: HeadFile
  private let clock: any LedgerClock
  private let files: LedgerFiles
  private var secrets: LedgerSecrets
  private var state: LedgerState
  private var accounts: AccountTable
  private var tree: TreeEdge
  private var checkpoint: SignedCheckpoint
  private var lastSnapshot: (size: UInt64, time: UInt64)
  private var underWay = UnderWay()
  /// Why nothing can be written any more.
  private var failure: StoreError?
  private let stored: @Sendable (_ level: Int, _ index: UInt64) throws(StoreError) -> Digest

  /// What one batch did.
  struct Batch {
    var additions: [Addition] = []
    var answers: [(Pending, Result<Answer, LedgerError>)] = []
    var checkpoint: SignedCheckpoint
    var tree: TreeEdge
    /// Set where nothing can be written any more.
    var failure: StoreError?
  }

  /// Notes that were decided on, or will be told why not, and are not committed yet.
  private struct UnderWay {
    var pendings: [Pending] = []
    /// Of as many as were decided on.
    var outcomes: [Outcome] = []
    var additions: [Addition] = []
    /// Set where the store failed: nothing of the batch happens.
    var failure: StoreError?
  }

  private enum Outcome {
    case added(Addition)
    case known(Record, bytes: [UInt8])
    case failed(LedgerError)
  }

  init(
    store: any JournalStore, restored: RestoredJournal, checkpoint: SignedCheckpoint, head: HeadFile,
    secrets: LedgerSecrets, files: LedgerFiles, clock: any LedgerClock,
    stored: @escaping @Sendable (_ level: Int, _ index: UInt64) throws(StoreError) -> Digest
  ) {
    (self.store, self.head, self.clock, self.stored) = (store, head, clock, stored)
    (self.secrets, self.files) = (secrets, files)
    (state, accounts, tree) = (restored.state, restored.accounts, restored.tree)
    self.checkpoint = checkpoint
    lastSnapshot = (restored.state.size, monotonicMilliseconds())
  }

  /// Decides on each note on its own, in the batch under way.
  func take(_ pendings: [Pending]) {
    for pending in pendings {
      underWay.pendings.append(pending)
      guard underWay.failure == nil, failure == nil else { continue }
      do throws(StoreError) {
        let outcome = try decide(on: pending)
        if case .added(let addition) = outcome { underWay.additions.append(addition) }
        underWay.outcomes.append(outcome)
      } catch { underWay.failure = error }
    }
  }

  /// Commits the batch under way once, and says what to tell whom.
  func commit() -> Batch {
    let done = underWay
    underWay = UnderWay()
    let batch = finish(done)
    failure = failure ?? batch.failure
    return batch
  }

  private func finish(_ done: UnderWay) -> Batch {
    if let failure { return told(done.pendings, .storage(failure), failure: failure) }
    if let error = done.failure { return undone(done.pendings, by: error) }
    if !done.additions.isEmpty {
      do throws(StoreError) { try makeDurable() } catch { return lost(done.pendings, by: error) }
    }
    var batch = Batch(additions: done.additions, checkpoint: checkpoint, tree: tree)
    batch.answers = zip(done.pendings, done.outcomes).map { ($0, answer($1)) }
    if !done.additions.isEmpty {
      do throws(StoreError) {
        try head.write(checkpoint, at: monotonicMilliseconds())
      } catch { batch.failure = error }
    }
    return batch
  }

  /// Keeps the balances where that spares the next start something, and syncs what is left to sync.
  func close() throws(StoreError) {
    if state.size - lastSnapshot.size >= UInt64(Limits.batchCountMax) {
      try store.snapshot(accounts, size: state.size)
    }
    try store.settle()
    try head.sync()
  }

  private func answer(_ outcome: Outcome) -> Result<Answer, LedgerError> {
    switch outcome {
    case .added(let addition):
      return .success(
        Answer(
          record: addition.record, recordBytes: addition.bytes, isRepeat: false, checkpoint: checkpoint,
          tree: tree, stored: stored))
    case .known(let record, let bytes):
      return .success(
        Answer(
          record: record, recordBytes: bytes, isRepeat: true, checkpoint: checkpoint, tree: tree,
          stored: stored))
    case .failed(let error): return .failure(error)
    }
  }

  /// The store failed before the commit: nothing of the batch happened, and the next one may fare better.
  private func undone(_ pendings: [Pending], by error: StoreError) -> Batch {
    store.rollBack()
    var batch = told(pendings, .storage(error))
    do throws(StoreError) {
      guard let restored = try store.restore() else { throw .damaged("ledger") }
      (state, accounts, tree) = (restored.state, restored.accounts, restored.tree)
    } catch { batch.failure = error }
    return batch
  }

  /// The commit failed: what became of the batch shows at the next start.
  private func lost(_ pendings: [Pending], by error: StoreError) -> Batch {
    var batch = Batch(checkpoint: checkpoint, tree: tree, failure: error)
    batch.answers = pendings.map { ($0, .failure(.outcomeUnknown($0.submission.id))) }
    return batch
  }

  /// A batch of which nothing happened, with one answer for all.
  private func told(_ pendings: [Pending], _ error: LedgerError, failure: StoreError? = nil) -> Batch {
    var batch = Batch(checkpoint: checkpoint, tree: tree, failure: failure)
    batch.answers = pendings.map { ($0, .failure(error)) }
    return batch
  }
}

extension Writer {
  /// One note: verified if it was not, known already, or decided on and inserted.
  private func decide(on pending: Pending) throws(StoreError) -> Outcome {
    let submission = pending.submission
    let verified: VerifiedSubmission
    do throws(Refusal) {
      if let known = pending.verified {
        verified = known
      } else {
        verified = try state.unverified(submission).verify()
      }
    } catch { return .failed(.refused(error)) }
    if let known = try known(submission) { return known }
    let now = clock.time(of: submission.id)
    guard now >= state.time.adding(milliseconds: -Limits.clockBackMilliseconds) else {
      return .failed(.clock)
    }
    let leapt = now > state.time.adding(milliseconds: Limits.clockAheadMilliseconds)
    let facts = try facts(for: submission)
    let decision: Decision
    do throws(Refusal) {
      decision = try state.decide(verified, at: max(now, state.time), facts: facts)
    } catch { return .failed(leapt ? .clock : .refused(error)) }
    // A note that is not expired, with an officer's signature, says that the officer's clock agrees with this one.
    guard !leapt || decision.isSignedByOfficer else { return .failed(.clock) }
    if case .ledgerKey(let change) = submission.text.operation { try takeUpKey(change.new) }
    return .added(try insert(decision, of: submission))
  }

  /// The record of a note that is there already.
  private func known(_ submission: Submission) throws(StoreError) -> Outcome? {
    guard let number = try store.number(of: submission.id, until: submission.text.until) else { return nil }
    guard let bytes = try store.recordBytes(number), let record = try? Record(parsing: bytes) else {
      throw .damaged("record \(number)")
    }
    return .known(record, bytes: bytes)
  }

  private func facts(for submission: Submission) throws(StoreError) -> Facts {
    let query = Facts.Query(submission)
    var facts = Facts(isVoided: try store.isVoided(query.id, by: query.signer))
    if let reference = query.reference {
      for number in try store.changes(naming: reference) where try store.reversed(number) == 0 {
        facts.isReferenceTaken = true
      }
    }
    if let request = query.request { facts.request = try store.request(request) }
    if let note = query.note { facts.recordedNumber = try store.number(of: note, until: nil) }
    let wanted = query.wantsRecordOfNote ? facts.recordedNumber : query.record
    if let number = wanted, let bytes = try store.recordBytes(number) {
      guard let record = try? Record(parsing: bytes) else { throw .damaged("record \(number)") }
      facts.past = PastRecord(record: record, reversed: try store.reversed(number))
    }
    return facts
  }

  private func insert(_ decision: Decision, of submission: Submission) throws(StoreError) -> Addition {
    let bytes = decision.record.bytes
    let leaf = Merkle.leafHash(bytes)
    var entries: [Entry] = []
    for (position, leg) in decision.record.postings.legs.enumerated() {
      try loadChain(of: leg.account)
      entries.append(
        accounts.post(leg, key: Entry.key(record: decision.record.number, position: position)))
    }
    let addition = Addition(
      decision: decision, id: submission.id, bytes: bytes, leaf: leaf, entries: entries,
      saltedText: submission.saltedText, tiles: tree.append(leaf), founding: nil)
    state.apply(decision)
    try store.insert(addition)
    return addition
  }

  /// After a start an account's chain is read when it is first posted to.
  private func loadChain(of account: AccountID) throws(StoreError) {
    guard let place = accounts.place(of: account), accounts.rows[place].path.isEmpty else { return }
    accounts.setPath(try store.chain(from: accounts.rows[place].entry), of: place)
  }

  private func makeDurable() throws(StoreError) {
    guard let keys = secrets.signing(state.ledgerKeys.signing(at: state.time)) else { throw .keyWrong }
    let now = monotonicMilliseconds()
    if state.size - lastSnapshot.size >= Limits.snapshotRecords
      || (now >= lastSnapshot.time + Limits.snapshotMilliseconds && state.size - lastSnapshot.size >= 1_000)
    {
      try store.snapshot(accounts, size: state.size)
      lastSnapshot = (state.size, now)
    }
    let signed = SignedCheckpoint.sign(
      Checkpoint(origin: state.origin, size: tree.size, root: tree.root), with: keys)
    try store.commit(signed)
    checkpoint = signed
  }

  /// Before a new ledger key is recorded, `FILE.key` must hold it.
  private func takeUpKey(_ key: PublicKey) throws(StoreError) {
    guard !secrets.keys.contains(where: { $0.publicKey == key }) else { return }
    let fresh = try files.secrets()
    guard fresh.keys.contains(where: { $0.publicKey == key }) else { throw .keyWrong }
    secrets = fresh
  }
}
