import CarnetLedger
import CarnetNotes

@testable import CarnetJournal

/// A journal in memory: the second conformer of the protocol, with nothing but lists.
final class MemoryStore: JournalStore {
  private var committed: [Addition] = []
  private var pending: [Addition] = []
  private var checkpoint: SignedCheckpoint?

  private var all: [Addition] { committed + pending }

  func restore() throws(StoreError) -> RestoredJournal? {
    guard let checkpoint, var state = committed.first?.founding else { return nil }
    var (accounts, tree) = (AccountTable(), TreeEdge())
    for addition in committed {
      if addition.founding == nil { state.apply(addition.decision) }
      for (entry, leg) in zip(addition.entries, addition.record.postings.legs) {
        accounts.take(entry, of: leg.account)
      }
      _ = tree.append(addition.leaf)
    }
    return RestoredJournal(state: state, accounts: accounts, tree: tree, checkpoint: checkpoint.note)
  }

  func insert(_ addition: Addition) throws(StoreError) { pending.append(addition) }

  func commit(_ checkpoint: SignedCheckpoint) throws(StoreError) {
    (committed, pending) = (all, [])
    self.checkpoint = checkpoint
  }

  func settle() throws(StoreError) {}

  func rollBack() { pending = [] }

  func snapshot(_ accounts: AccountTable, size: UInt64) throws(StoreError) {}

  func number(of id: NoteID, until: Int64?) throws(StoreError) -> UInt64? {
    all.first { $0.id == id }?.record.number
  }

  func recordBytes(_ number: UInt64) throws(StoreError) -> [UInt8]? {
    all.first { $0.record.number == number }?.bytes
  }

  private var changes: [(number: UInt64, change: StateChange)] {
    all.flatMap { addition in addition.decision.changes.map { (addition.record.number, $0) } }
  }

  func reversed(_ number: UInt64) throws(StoreError) -> Int64 {
    changes.reduce(0) { sum, change in
      guard case .reversed(record: number, amount: let amount) = change.change else { return sum }
      return sum + amount
    }
  }

  func changes(naming reference: Digest) throws(StoreError) -> [UInt64] {
    changes.filter { $0.change == .referenceTaken(reference) }.map(\.number)
  }

  func request(_ id: NoteID) throws(StoreError) -> RecordedRequest? {
    let changes = changes.map(\.change)
    let made = changes.compactMap { change -> RecordedRequest? in
      guard case .requested(let request) = change, request.id == id else { return nil }
      return request
    }
    guard let made = made.first else { return nil }
    var (paidIn, cancelledIn): (UInt64?, UInt64?) = (nil, nil)
    for change in changes {
      if case .requestPaid(request: made.record, in: let number) = change { paidIn = number }
      if case .requestCancelled(request: made.record, in: let number) = change { cancelledIn = number }
    }
    return RecordedRequest(
      record: made.record, id: id, payee: made.payee, currency: made.currency, amount: made.amount,
      until: made.until, paidIn: paidIn, cancelledIn: cancelledIn)
  }

  func isVoided(_ id: NoteID, by signer: MemberNumber) throws(StoreError) -> Bool {
    changes.contains { $0.change == .voided(id, by: signer) }
  }

  func chain(from key: Int64) throws(StoreError) -> [Int64] {
    let entries = Dictionary(uniqueKeysWithValues: all.flatMap(\.entries).map { ($0.key, $0) })
    var (path, key) = ([Int64](), key)
    while let entry = entries[key] {
      path.append(key)
      key = entry.skip
    }
    return path.reversed()
  }

  func hash(level: Int, index: UInt64) throws(StoreError) -> Digest {
    var tree = TreeFrontier()
    for addition in all.dropFirst(Int(index) << level).prefix(1 << level) { tree.append(addition.leaf) }
    return tree.root
  }
}
