package import CarnetLedger
package import CarnetNotes

/// Where records are kept; a store decides nothing.
///
/// One writer uses it, on one thread at a time. ``insert(_:)`` makes things visible to the look-ups of this store at
/// once and durable only by ``commit(_:)``: on return of that all of it is durable, after a throw none of it is.
package protocol JournalStore: AnyObject {
  /// What a writer needs to go on, `nil` before the genesis. The cost does not grow with the number of records.
  func restore() throws(StoreError) -> RestoredJournal?

  /// Adds a record with all it brings behind the newest one.
  func insert(_ addition: Addition) throws(StoreError)

  /// Makes everything inserted durable, under the checkpoint that covers it.
  func commit(_ checkpoint: SignedCheckpoint) throws(StoreError)

  /// Takes back everything inserted since the last commit.
  func rollBack()

  /// Keeps the balances, so that a start need not add up what came before.
  func snapshot(_ accounts: AccountTable, size: UInt64) throws(StoreError)

  /// Leaves everything in one file, so that it can be copied as it stands.
  func settle() throws(StoreError)

  /// The number of a note's record, given its `until` too where it is known.
  func number(of id: NoteID, until: Int64?) throws(StoreError) -> UInt64?

  /// The bytes of a record, `nil` where there is none.
  func recordBytes(_ number: UInt64) throws(StoreError) -> [UInt8]?

  /// Minor units of a record that were undone.
  func reversed(_ number: UInt64) throws(StoreError) -> Int64

  /// The changes that name a bank reference.
  func changes(naming reference: Digest) throws(StoreError) -> [UInt64]

  /// The payment request of an id, `nil` where there is none.
  func request(_ id: NoteID) throws(StoreError) -> RecordedRequest?

  /// Whether that member took the note back.
  func isVoided(_ id: NoteID, by signer: MemberNumber) throws(StoreError) -> Bool

  /// The keys an entry reaches by skips alone, itself last; see ``Entry``.
  func chain(from key: Int64) throws(StoreError) -> [Int64]

  /// The root of a complete subtree, see ``Merkle``.
  func hash(level: Int, index: UInt64) throws(StoreError) -> Digest
}

/// One record and all that is kept with it. A class, since it passes through many hands and never changes.
package final class Addition: Sendable {
  package let decision: Decision
  package let id: NoteID
  /// The leaf: the record's bytes.
  package let bytes: [UInt8]
  package let leaf: Digest
  package let entries: [Entry]
  package let saltedText: SubmittedText?
  /// Tiles that this leaf completes.
  package let tiles: [CompleteTile]
  /// The whole state's head, for the genesis only.
  package let founding: LedgerState?

  package init(
    decision: Decision, id: NoteID, bytes: [UInt8], leaf: Digest, entries: [Entry],
    saltedText: SubmittedText?, tiles: [CompleteTile], founding: LedgerState?
  ) {
    (self.decision, self.id, self.bytes, self.leaf) = (decision, id, bytes, leaf)
    (self.entries, self.saltedText, self.tiles, self.founding) = (entries, saltedText, tiles, founding)
  }

  package var record: Record { decision.record }
}

/// What a writer takes up where the last one stopped.
package struct RestoredJournal: Sendable {
  package var state: LedgerState
  package var accounts: AccountTable
  package var tree: TreeEdge
  package var checkpoint: SignedNote
}
