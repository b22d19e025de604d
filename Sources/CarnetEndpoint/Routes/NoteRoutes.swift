import CarnetJournal
package import CarnetLedger
import CarnetNotes

/// Handing in notes, and exchanging access notes for tokens.
package enum NoteRoutes {
  static let all = [
    Route(
      method: "POST", path: "/v1/notes", summary: "Hand in a signed note",
      accepts: [("text/plain", "Note"), ("application/json", "NoteWithTexts")],
      answers: [
        (201, "application/json", "Answer"), (200, "application/json", "Answer"),
        (201, "text/plain", "Receipt"),
        (200, "text/plain", "Receipt"),
      ], problems: [400, 401, 403, 404, 409, 413, 415, 500], handler: .deferred(submit)),
    Route(
      method: "GET", path: "/v1/notes/{id}",
      summary: "What became of a member's note: recorded, voided, or unknown here", query: ["number"],
      answers: [(200, "application/json", "NoteStanding")], problems: [404],
      handler: .immediate(standing)),
    Route(
      method: "POST", path: "/v1/tokens", summary: "Exchange a signed access note for a token",
      accepts: [("text/plain", "Note")], answers: [(201, "application/json", "Token")],
      problems: [400, 401, 403, 409, 413, 415, 429], handler: .immediate(issueToken)),
    Route(
      method: "DELETE", path: "/v1/tokens", summary: "End the token of the request", security: .bearer,
      answers: [(204, "", "")], problems: [401], handler: .immediate(revokeToken)),
  ]

  @Sendable private static func submit(
    _ endpoint: Endpoint, _ call: Call,
    _ completion: @escaping @Sendable (@escaping Route.DeferredReply) -> Void
  ) throws(Problem) {
    let submission = try submission(of: call, at: endpoint)
    let wantsReceipt = call.request.headers["accept"]?.lowercased().hasPrefix("text/plain") ?? false
    endpoint.journal.submit(submission) { result in
      completion { () throws(Problem) in
        do throws(LedgerError) {
          return try response(to: try result.get(), wantsReceipt: wantsReceipt)
        } catch {
          throw Problem(error, currencies: endpoint.journal.read { $0.currencies })
        }
      }
    }
  }

  private static func response(to answer: Answer, wantsReceipt: Bool) throws(LedgerError) -> Response {
    let receipt: [UInt8]
    do throws(StoreError) { receipt = try answer.receipt().bytes } catch {
      // The record is durable, only its proof cannot be read: the same note again will tell.
      throw .outcomeUnknown(answer.record.text.id)
    }
    let status = answer.isRepeat ? 200 : 201
    guard !wantsReceipt else {
      return Response(status: status, text: receipt)
    }
    let record = answer.record
    return Response(
      status: status,
      json: .object([
        "id": .string(record.text.id.hex), "number": .integer(Int64(record.number)),
        "time": .string(record.time.rfc3339), "postings": Shapes.postings(record.postings),
        "receipt": .string(String(decoding: receipt, as: UTF8.self)),
      ]))
  }

  /// For whoever knows a note's id, which nobody guesses: it names neither side and no amount. A note of another signer
  /// is unknown, like one that is not here.
  @Sendable private static func standing(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let id = NoteID(hex: call.path("id")) else { throw .notFound }
    guard let signer = try call.query("number", { MemberNumber($0) }) else { throw .badParameter }
    let (record, isVoided) = try endpoint.query { () throws(StoreError) in
      let number = try endpoint.journal.number(of: id)
      let record = try number.flatMap { number throws(StoreError) in try endpoint.journal.record(number) }
      return (record, try endpoint.journal.isVoided(id, by: signer))
    }
    let own = record.flatMap { $0.text.signer == signer ? $0 : nil }
    let state = own != nil ? "recorded" : isVoided ? "voided" : "unknown"
    return Response(
      json: .object([
        "id": .string(id.hex), "state": .string(state),
        "record": .optional(own.map { Int64($0.number) }), "time": .optional(own?.time.rfc3339),
      ]))
  }

  /// The note in the body, with the texts that came along.
  private static func submission(of call: Call, at endpoint: Endpoint) throws(Problem) -> Submission {
    let (note, texts) = try noteAndTexts(of: call.request)
    do throws(Refusal) { return try Submission(parsing: note, texts: texts) } catch {
      throw Problem(error, currencies: [])
    }
  }

  package static func noteAndTexts(of request: Request) throws(Problem) -> ([UInt8], [SubmittedText]) {
    switch mediaType(of: request) {
    case "text/plain": return (request.body, [])
    case "application/json":
      let json: JSON
      do throws(JSONError) {
        json = try JSON(
          parsing: request.body, limits: JSON.Bounds(bytesMax: Limits.bodyBytesMax, depthMax: 4))
      } catch { throw Problem(400, "malformed", .problemBody, error.description) }
      return try noteAndTexts(in: json)
    default: throw .unsupportedType
    }
  }

  static func noteAndTexts(in json: JSON) throws(Problem) -> ([UInt8], [SubmittedText]) {
    let malformed = { @Sendable (reason: String) in Problem(400, "malformed", .problemBody, reason) }
    guard let note = json["note"]?.string,
      json.members?.allSatisfy({ ["note", "texts"].contains($0.key) }) ?? false
    else { throw malformed("expected {\"note\", \"texts\"}") }
    let list = json["texts"] ?? .array([])
    guard let items = list.array, items.count <= Submission.textsMax else {
      throw malformed("texts is not a short array")
    }
    var texts: [SubmittedText] = []
    for item in items {
      guard item.members?.count == 2, let submitted = SubmittedText(json: item) else {
        throw malformed("a text is not {\"salt\", \"text\"} of their form")
      }
      texts.append(submitted)
    }
    return (Array(note.utf8), texts)
  }

  /// A note with its text, as ``noteAndTexts(in:)`` reads it.
  static func body(of submission: Submission) -> [UInt8] {
    body(of: submission.note, submission.saltedText)
  }

  static func body(of note: SignedNote, _ text: SubmittedText?) -> [UInt8] {
    note.json(with: [text].compactMap(\.self)).serialized()
  }

  /// The media type without its parameters; only UTF-8 is taken.
  static func mediaType(of request: Request) -> String {
    let parts = (request.headers["content-type"] ?? "").lowercased().split(separator: ";")
    let parameters = parts.dropFirst().map { $0.filter { $0 != " " && $0 != "\"" } }
    guard let type = parts.first, parameters.allSatisfy({ $0 == "charset=utf-8" }) else { return "" }
    return type.filter { $0 != " " }
  }

  @Sendable private static func issueToken(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard mediaType(of: call.request) == "text/plain" else { throw .unsupportedType }
    let (access, submission) = try verifiedAccess(endpoint, call)
    guard access.host == call.request.headers["host"]?.lowercased() else {
      throw Problem(400, "wrong-host", .problemAccessHost)
    }
    let now = endpoint.journal.clock.now.seconds
    guard access.expires > now, access.expires <= now + Limits.tokenSecondsMax else {
      throw Problem(409, "bad-expiry", .problemAccessExpiry, "\(Limits.tokenSecondsMax / 86_400)")
    }
    let grant = Principal.Grant(
      member: submission.text.signer, scope: access.scope, key: submission.text.key, expires: access.expires)
    guard endpoint.isStillEntitled(grant) else { throw .forbidden }
    do throws(TokenStore.Fault) {
      let token = try endpoint.tokens.issue(grant, for: submission.id, until: submission.text.until, now: now)
      return Response(
        status: 201,
        json: .object([
          "token": .string(token), "scope": .string(access.scope.rawValue),
          "account": access.scope == .account ? .string(grant.member.description) : .null,
          "expires": .string(Timestamp(seconds: access.expires).rfc3339),
        ]))
    } catch {
      switch error {
      case .used: throw Problem(409, "access-used", .problemAccessUsed)
      case .full:
        throw Problem(429, "too-many", .problemTooMany, headers: [("Retry-After", "60")], isRetryable: true)
      }
    }
  }

  /// The access note in the body, signed by an active key of its member.
  private static func verifiedAccess(
    _ endpoint: Endpoint, _ call: Call
  ) throws(Problem) -> (Access, Submission) {
    do throws(Refusal) {
      let submission = try Submission(parsing: call.request.body)
      guard case .access(let access) = submission.text.operation else { throw .unknownKind }
      let unverified = try endpoint.journal.read { state throws(Refusal) in try state.unverified(submission) }
      let verified = try unverified.verify()
      let time = endpoint.journal.clock.now
      try endpoint.journal.read { state throws(Refusal) in try state.checkAccess(verified, at: time) }
      guard access.account == nil || (access.scope == .account && access.account == submission.text.signer)
      else {
        throw .roleMissing
      }
      return (access, submission)
    } catch { throw Problem(error, currencies: []) }
  }

  @Sendable private static func revokeToken(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard case .bearer = call.principal,
      let token = call.request.headers["authorization"]?.split(separator: " ").last
    else { throw .tokenMissing }
    endpoint.tokens.revoke(String(token))
    return Response(status: 204)
  }
}
