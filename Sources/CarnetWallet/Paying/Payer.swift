public import CarnetLedger
public import CarnetNotes

/// Sends notes so that nobody pays twice and nobody is left unpaid without being told.
///
/// Invariants: 1. a note is on the disk before it is sent; 2. it leaves there only once its outcome is known (recorded,
/// refused by a rule, or taken back) and told, so that whoever saw no answer pays nothing twice by asking again; 3. before
/// a new payment is made every waiting note is settled.
public struct Payer: Sendable {
  public let client: LedgerClient
  public let folder: LedgerFolder
  public let identity: Identity
  public let key: VerifierKey

  public init(client: LedgerClient, folder: LedgerFolder, identity: Identity, key: VerifierKey) {
    (self.client, self.folder) = (client, folder)
    (self.identity, self.key) = (identity, key)
  }

  /// What became of a waiting note.
  public struct Settled: Sendable {
    public enum Outcome: Sendable {
      case recorded(Posted)
      /// The ledger said no: nothing moved.
      case refused(ClientError.Refused)
      /// Taken back before it was recorded.
      case voided
      /// Still not known.
      case unknown(ClientError)
    }

    public let note: PendingNote
    public let outcome: Outcome
  }

  /// Sends every waiting note once more; the ledger answers for one it has with the record it made then.
  ///
  /// - Parameter telling: called for each as soon as its outcome is known, and before it is forgotten.
  @discardableResult
  public func settleAll(telling: (Settled) -> Void = { _ in }) throws(WalletError) -> [Settled] {
    var settled: [Settled] = []
    for note in try folder.pending(of: identity.number) { settled.append(try settle(note, telling)) }
    return settled
  }

  private func settle(_ note: PendingNote, _ telling: (Settled) -> Void) throws(WalletError) -> Settled {
    let settled = Settled(note: note, outcome: post(note))
    telling(settled)
    switch settled.outcome {
    case .recorded(let posted):
      // The receipt is kept before the note is forgotten: whatever fails between the two is done again.
      try folder.keep(posted.receipt, of: note.id)
      // No fault now: one that is told here would be taken for a payment that failed.
      try? folder.settle(note.id)
    case .refused, .voided: try folder.settle(note.id)
    case .unknown: break
    }
    return settled
  }

  private func post(_ note: PendingNote) -> Settled.Outcome {
    let posted: Posted
    do throws(ClientError) {
      posted = try client.post(note.note, texts: note.saltedText.map { [$0] } ?? [], ledger: key)
    } catch {
      switch error {
      case .refused(let refused): return .refused(refused)
      case .unreachable, .outcomeUnknown, .badAnswer: return .unknown(error)
      }
    }
    return .recorded(posted)
  }

  /// Makes a note, keeps it, sends it, and forgets it once its outcome is known.
  ///
  /// - Parameter telling: called once the note is recorded, and before it is forgotten.
  @discardableResult
  public func send(
    _ operation: Operation, saltedText: SubmittedText?, now: Timestamp, telling: (Posted) -> Void = { _ in }
  ) throws(WalletError) -> Posted {
    let note = identity.signed(operation, now: now, lifetime: Limits.noteSeconds)
    return try send(note, saltedText: saltedText, telling: telling)
  }

  /// The same for a note that the identity signed already.
  @discardableResult
  public func send(
    _ note: SignedNote, saltedText: SubmittedText?, telling: (Posted) -> Void = { _ in }
  ) throws(WalletError) -> Posted {
    guard let pending = try? PendingNote(note, saltedText: saltedText) else {
      preconditionFailure("a note made here is of the ledger's grammar")
    }
    try folder.keep(pending)
    let settled = try settle(pending) { settled in
      if case .recorded(let posted) = settled.outcome { telling(posted) }
    }
    switch settled.outcome {
    case .recorded(let posted): return posted
    case .refused(let refused): throw .client(.refused(refused))
    case .unknown(let error):
      // Where certainly nothing was sent, the note need not wait.
      if case .unreachable = error { try folder.settle(pending.id) }
      throw .client(error)
    case .voided: preconditionFailure("only taking back voids")
    }
  }

  /// Takes a waiting note back: the ledger will never record it, or says that it did already.
  public func void(_ note: PendingNote, now: Timestamp) throws(WalletError) -> Settled {
    let order = identity.signed(.void(VoidOrder(note: note.id)), now: now, lifetime: Limits.noteSeconds)
    do throws(ClientError) { _ = try client.post(order, texts: [], ledger: key) } catch {
      if case .refused(let refused) = error, refused.code == "already-recorded" {
        return try settle(note) { _ in }
      }
      throw .client(error)
    }
    try folder.settle(note.id)
    return Settled(note: note, outcome: .voided)
  }
}
