package import CarnetLedger
package import CarnetNotes

/// Books in memory: every record kept, facts looked up among them. The rules and nothing else.
package struct Books: Sendable {
  package private(set) var state: LedgerState
  package private(set) var records: [Record] = []
  package private(set) var numbers: [NoteID: UInt64] = [:]
  package private(set) var texts: [Digest: SubmittedText] = [:]
  private var voided: [NoteID: Set<MemberNumber>] = [:]
  /// The ledger's clock.
  package var now: Timestamp

  /// Opens the place's books at a time.
  package init(_ place: inout Place, at time: Timestamp) throws {
    try self.init(place.genesis(at: time), at: time)
  }

  package init(_ genesis: Submission, at time: Timestamp) throws {
    let (state, decision) = try LedgerState.found(LedgerState.unverified(genesis: genesis).verify(), at: time)
    (self.state, now) = (state, time)
    keep(decision, genesis)
  }

  /// Signs a note now, submits it, and gives the record.
  @discardableResult
  package mutating func accept(
    _ operation: Operation, by signer: Place.Person, with others: [Place.Person] = [], in place: inout Place
  ) throws -> Record {
    try accept(place.submission(operation, by: signer, with: others, at: now))
  }

  /// Submits a note: the ledger's whole path but for disk and queue. A repeat gives its record.
  @discardableResult
  package mutating func accept(_ submission: Submission) throws(Refusal) -> Record {
    let verified = try state.unverified(submission).verify()
    if let number = numbers[submission.id] { return records[Int(number)] }
    let decision = try state.decide(verified, at: max(now, state.time), facts: facts(for: submission))
    state.apply(decision)
    keep(decision, submission)
    return decision.record
  }

  private mutating func keep(_ decision: Decision, _ submission: Submission) {
    records.append(decision.record)
    numbers[submission.id] = decision.record.number
    if let text = submission.saltedText { texts[text.hash] = text }
    for case .voided(let id, by: let signer) in decision.changes { voided[id, default: []].insert(signer) }
  }

  /// What the rules must know of the past, found by reading all of it.
  package func facts(for submission: Submission) -> Facts {
    let query = Facts.Query(submission)
    var facts = Facts(isVoided: voided[query.id]?.contains(query.signer) ?? false)
    if let request = query.request { facts.request = self.request(request) }
    if let reference = query.reference { facts.isReferenceTaken = isTaken(reference) }
    if let note = query.note { facts.recordedNumber = numbers[note] }
    let wanted = query.wantsRecordOfNote ? facts.recordedNumber : query.record
    if let number = wanted, number < records.count {
      facts.past = PastRecord(record: records[Int(number)], reversed: reversed(number))
    }
    return facts
  }

  /// A request, and what later records say of it.
  package func request(_ id: NoteID) -> RecordedRequest? {
    guard let record = numbers[id].map({ records[Int($0)] }), case .request(let asked) = record.text.operation
    else { return nil }
    let ends = records.dropFirst(Int(record.number))
    let paidIn = ends.first { later in
      switch later.text.operation {
      case .payment(let payment), .cheque(let payment): payment.request == id
      default: false
      }
    }
    let cancelledIn = ends.first { $0.text.operation == .cancel(Cancellation(request: id)) }
    return RecordedRequest(
      record: record.number, id: id, payee: record.text.signer, currency: asked.currency,
      amount: asked.amount, until: record.text.until, paidIn: paidIn?.number,
      cancelledIn: cancelledIn?.number)
  }

  private func isTaken(_ reference: Digest) -> Bool {
    records.contains { record in
      guard case .change(let change) = record.text.operation, change.reference == reference else {
        return false
      }
      return reversed(record.number) < change.amount
    }
  }

  private func reversed(_ number: UInt64) -> Int64 {
    records.reduce(0) { sum, record in
      guard case .reversal(let reversal) = record.text.operation, reversal.record == number else {
        return sum
      }
      return sum + reversal.amount
    }
  }
}
