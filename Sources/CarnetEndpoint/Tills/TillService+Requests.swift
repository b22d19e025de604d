import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch

/// Asking to be paid in a till's name, with the till's key.
extension TillService {
  /// Makes a request, once.
  func request(_ order: TillOrder, by till: Till, _ call: OnceCall, _ completion: @escaping Completion) {
    once(call, completion) { [self] prepared, finished throws(Problem) in
      let submission: Submission
      if let prepared {
        submission = try TillService.submission(of: prepared)
      } else {
        submission = try prepare(order, by: till, call)
      }
      journal.submit(submission) { [self] result in
        // On the writer's thread, which must not wait for this disk.
        store.queue.async { [self] in
          finished(Result { () throws(Problem) in try requested(submission.id, result, call) })
        }
      }
    }
  }

  /// Signs the note and keeps it before it is handed in, so that a call that is cut off ends in the same record.
  private func prepare(_ order: TillOrder, by till: Till, _ call: OnceCall) throws(Problem) -> Submission {
    let now = journal.clock.now
    let key = try query { () throws(StoreError) in try store.key(of: till.id) }
    guard let key else { throw .tokenInvalid }
    let open = try query { () throws(StoreError) in try store.openRequests(of: till.id) }
    guard open < Limits.openRequestsMax else { throw .tooMany }
    let text = NoteText.request(
      PaymentRequest(currency: order.currency, amount: order.amount, reference: order.reference?.hash),
      ledger: journal.read { $0.origin }, signer: till.member, until: now.seconds + order.seconds,
      key: key.publicKey)
    let note = TillService.signed(text, with: key)
    let row = TillRequest(note: text.id, till: till.id, until: text.until, cashier: order.cashier)
    let prepared = NoteRoutes.body(of: note, order.reference)
    let isKept = try query { () throws(StoreError) in
      try store.begin(call.key, request: call.request, prepared: prepared, for: row, now: now)
    }
    guard isKept else { throw .tooMany }
    return try TillService.submission(of: prepared)
  }

  /// Answers once the ledger has.
  private func requested(
    _ note: NoteID, _ result: Result<Answer, LedgerError>, _ call: OnceCall
  ) throws(Problem) -> Response {
    if case .failure(let error) = result {
      if case .refused = error { try query { () throws(StoreError) in try store.forget(call.key) } }
      throw problem(error)
    }
    return try query { () throws(StoreError) in
      try catchUp()
      guard let request = try journal.request(note) else { throw .service(.damaged) }
      let body = JSON.object(try view(of: request)).serialized()
      let answer = SavedCall.Answer(
        status: 201, location: request.code.map { "/v1/requests/\($0)" }, body: body)
      try store.finish(call.key, answer)
      return Response(answer)
    }
  }

  /// Takes a request of the till back.
  func cancel(_ code: RequestCode, by till: Till, _ completion: @escaping Completion) {
    store.queue.async { [self] in
      do throws(Problem) {
        let submission = try cancellation(of: code, by: till)
        journal.submit(submission) { [self] result in
          completion { [self] () throws(Problem) in
            if case .failure(let error) = result { throw problem(error) }
            return Response(status: 204)
          }
        }
      } catch { completion { () throws(Problem) in throw error } }
    }
  }

  private func cancellation(of code: RequestCode, by till: Till) throws(Problem) -> Submission {
    let found = try query { () throws(StoreError) -> (NoteID, SecretKey)? in
      guard let request = try journal.request(code), let own = try store.request(request.id),
        own.till == till.id, let key = try store.key(of: till.id)
      else { return nil }
      return (request.id, key)
    }
    guard let (note, key) = found else { throw .notFound }
    let text = NoteText(
      ledger: journal.read { $0.origin }, signer: till.member,
      operation: .cancel(Cancellation(request: note)), nonce: .random(),
      until: journal.clock.now.seconds + Limits.cancelSeconds, key: key.publicKey)
    return try TillService.submission(of: NoteRoutes.body(of: TillService.signed(text, with: key), nil))
  }

  /// A till whose key the merchant has not signed for yet, or has revoked, is told so in its own words.
  private func problem(_ error: LedgerError) -> Problem {
    switch error {
    case .refused(.unknownKey), .refused(.keyInactive):
      Problem(409, "till-not-enrolled", .problemTillNotEnrolled)
    default: Problem(error, currencies: journal.read { $0.currencies })
    }
  }

  private static func signed(_ text: NoteText, with key: SecretKey) -> SignedNote {
    do {
      return try SignedNote.sign(text.bytes, name: NoteText.keyName(text.signer, at: text.ledger), with: key)
    } catch {
      preconditionFailure("a text of the ledger's grammar is a note")
    }
  }

  private static func submission(of body: [UInt8]) throws(Problem) -> Submission {
    guard let json = try? JSON(parsing: body) else { throw Problem(StoreError.service(.damaged)) }
    let (note, texts) = try NoteRoutes.noteAndTexts(in: json)
    do throws(Refusal) { return try Submission(parsing: note, texts: texts) } catch {
      throw Problem(error, currencies: [])
    }
  }
}
