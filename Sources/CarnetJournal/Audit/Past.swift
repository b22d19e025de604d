import CarnetLedger
import CarnetNotes

/// What the rules must know of the past, gathered while records are played again.
struct Past {
  private(set) var reversed: [UInt64: Int64] = [:]
  /// Each reversal: the record it undoes, its own number, the amount.
  private(set) var reversals: [(record: UInt64, reversal: UInt64, amount: Int64)] = []
  private(set) var changes: [Digest: [UInt64]] = [:]
  /// Who took which note back, with the number of the first record that says so.
  private(set) var voids: [NoteID: [MemberNumber: UInt64]] = [:]

  /// Payment requests by the number of their record, and that number by their id.
  private(set) var requests: [UInt64: RecordedRequest] = [:]
  private var requestNumbers: [NoteID: UInt64] = [:]

  mutating func gather(_ decision: Decision) {
    let number = decision.record.number
    for change in decision.changes {
      switch change {
      case .voided(let id, by: let signer): voids[id, default: [:]][signer, default: number] += 0
      case .referenceTaken(let reference): changes[reference, default: []].append(number)
      case .reversed(let record, let amount):
        reversed[record, default: 0] += amount
        reversals.append((record, number, amount))
      case .requested(let request):
        requests[request.record] = request
        requestNumbers[request.id] = request.record
      case .requestPaid(let request, in: let payment): requests[request]?.paidIn = payment
      case .requestCancelled(let request, in: let cancellation):
        requests[request]?.cancelledIn = cancellation
      case .member, .rules, .ledgerKey, .currency, .setting, .cutoff, .closed, .erasedMember, .erasedText:
        break
      }
    }
  }

  /// The past as the records before this one give it. What cannot be read is as if it were not there.
  func facts(for submission: Submission, before number: UInt64, log: LogTables) -> Facts {
    let query = Facts.Query(submission)
    var facts = Facts(isVoided: voids.isEmpty ? false : voids[query.id]?[query.signer] != nil)
    if let reference = query.reference {
      facts.isReferenceTaken = changes[reference]?.contains { reversed[$0] ?? 0 == 0 } ?? false
    }
    if let request = query.request { facts.request = requestNumbers[request].flatMap { requests[$0] } }
    if let note = query.note, let found = try? log.number(of: note), found < number {
      facts.recordedNumber = found
    }
    let wanted = query.wantsRecordOfNote ? facts.recordedNumber : query.record
    if let wanted, wanted < number, let record = try? log.record(wanted) {
      facts.past = PastRecord(record: record, reversed: reversed[wanted] ?? 0)
    }
    return facts
  }
}
