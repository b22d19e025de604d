public import CarnetLedger
public import CarnetNotes

/// Sends notes so that nobody pays twice and nobody is left unpaid without being told.
///
/// Invariants: 1. a note is on the disk before it is sent; 2. it leaves there only once its outcome is known: recorded,
/// refused by a rule, or taken back; 3. before a new payment is made every waiting note is settled.
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
  public func settleAll() throws(WalletError) -> [Settled] {
    var settled: [Settled] = []
    for note in try folder.pending(of: identity.number) {
      settled.append(Settled(note: note, outcome: try settle(note)))
    }
    return settled
  }

  private func settle(_ note: PendingNote) throws(WalletError) -> Settled.Outcome {
    let posted: Posted
    do throws(ClientError) {
      posted = try client.post(note.note, texts: note.saltedText.map { [$0] } ?? [], ledger: key)
    } catch {
      switch error {
      case .refused(let refused):
        try folder.settle(note.id)
        return .refused(refused)
      case .unreachable, .outcomeUnknown, .badAnswer: return .unknown(error)
      }
    }
    // The receipt is kept before the note is forgotten: whatever fails between the two is done again.
    try folder.keep(posted.receipt, of: note.id)
    try folder.settle(note.id)
    return .recorded(posted)
  }

  /// Makes a note, keeps it, sends it, and forgets it once its outcome is known.
  public func send(
    _ operation: Operation, saltedText: SubmittedText?, now: Timestamp
  ) throws(WalletError) -> Posted {
    try send(identity.signed(operation, now: now, lifetime: Limits.noteSeconds), saltedText: saltedText)
  }

  /// The same for a note that the identity signed already.
  public func send(_ note: SignedNote, saltedText: SubmittedText?) throws(WalletError) -> Posted {
    guard let pending = try? PendingNote(note, saltedText: saltedText) else {
      preconditionFailure("a note made here is of the ledger's grammar")
    }
    try folder.keep(pending)
    switch try settle(pending) {
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
        return Settled(note: note, outcome: try settle(note))
      }
      throw .client(error)
    }
    try folder.settle(note.id)
    return Settled(note: note, outcome: .voided)
  }
}
