public import CarnetNotes

/// What a rule must know of the past, looked up beforehand by whoever keeps the records.
public struct Facts: Sendable {
  /// Whether the note's own signer voided its id.
  public var isVoided: Bool
  /// For a change: whether an accepted change that is not wholly reversed names its reference.
  public var isReferenceTaken: Bool
  /// For a void or an erasure: the number under which the note it names is recorded.
  public var recordedNumber: UInt64?
  /// For a reversal or an erasure: the record it names.
  public var past: PastRecord?
  /// For a payment, a cheque or a cancellation: the payment request it names.
  public var request: RecordedRequest?

  public init(
    isVoided: Bool = false, isReferenceTaken: Bool = false, recordedNumber: UInt64? = nil,
    past: PastRecord? = nil, request: RecordedRequest? = nil
  ) {
    (self.isVoided, self.isReferenceTaken) = (isVoided, isReferenceTaken)
    (self.recordedNumber, self.past, self.request) = (recordedNumber, past, request)
  }

  /// What to look up for a note.
  public struct Query: Hashable, Sendable {
    /// The note itself and its signer: is there a void by that signer?
    public let id: NoteID
    public let signer: MemberNumber
    /// The reference to find among the changes.
    public let reference: Digest?
    /// The note to find among the records.
    public let note: NoteID?
    /// The record to fetch.
    public let record: UInt64?
    /// Whether the record of ``note`` is to be fetched too.
    public let wantsRecordOfNote: Bool
    /// The payment request to find.
    public let request: NoteID?

    public init(_ submission: Submission) {
      (id, signer) = (submission.id, submission.text.signer)
      var (reference, note, record): (Digest?, NoteID?, UInt64?) = (nil, nil, nil)
      var request: NoteID?
      var wantsRecordOfNote = false
      switch submission.text.operation {
      case .change(let change): reference = change.reference
      case .void(let order): note = order.note
      case .reversal(let reversal): record = reversal.record
      case .erase(let erasure):
        if case .note(let id) = erasure.target { (note, wantsRecordOfNote) = (id, true) }
      case .payment(let payment), .cheque(let payment): request = payment.request
      case .cancel(let cancellation): request = cancellation.request
      case .genesis, .rules, .ledgerKey, .currency, .setting, .member, .role, .accreditation, .status, .key,
        .card,
        .limits, .request, .reconversion, .euro, .settle, .cutoff, .closing, .access:
        break
      }
      (self.reference, self.note, self.record) = (reference, note, record)
      (self.wantsRecordOfNote, self.request) = (wantsRecordOfNote, request)
    }
  }
}

/// An older record and how much of it was undone since.
public struct PastRecord: Hashable, Sendable {
  public let record: Record
  /// Minor units, the sum over all reversals that name it.
  public let reversed: Int64

  public init(record: Record, reversed: Int64) {
    (self.record, self.reversed) = (record, reversed)
  }
}
