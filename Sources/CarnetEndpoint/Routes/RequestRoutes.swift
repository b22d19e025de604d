import CarnetJournal
import CarnetLedger
import CarnetNotes

/// Payment requests by their code, for whoever is about to pay.
enum RequestRoutes {
  static let all = [
    Route(
      method: "GET", path: "/v1/requests/{code}", summary: "A payment request; with wait, once it changes",
      query: ["wait", "state"], security: .optional,
      admitsTill: true,
      answers: [(200, "application/json", "PaymentRequest")], problems: [401, 404, 429],
      handler: .deferred(show)),
    Route(
      method: "POST", path: "/v1/requests/{code}/claim", summary: "Show that someone is about to pay",
      answers: [(200, "application/json", "PaymentRequest")], problems: [404, 409, 429],
      handler: .immediate(claim)),
    Route(
      method: "GET", path: "/v1/requests/{code}/qr.svg", summary: "The QR code of a request's link",
      answers: [(200, "image/svg+xml", "Image")], problems: [404, 429], handler: .immediate(image)),
    Route(
      method: "GET", path: "/v1/accounts/{account}/requests", summary: "A member's requests, newest first",
      query: ["limit", "cursor"], security: .bearer,
      answers: [(200, "application/json", "PaymentRequests")], problems: [401, 403, 404],
      handler: .immediate(list)),
  ]

  @Sendable private static func show(
    _ endpoint: Endpoint, _ call: Call,
    _ completion: @escaping @Sendable (@escaping Route.DeferredReply) -> Void
  ) throws(Problem) {
    let seconds = try call.waitSeconds()
    let asked = try call.query("state") { RequestDesk.State(rawValue: $0) }
    let view = endpoint.requests.view(try endpoint.request(of: call))
    let reply: Route.DeferredReply = { () throws(Problem) in try endpoint.response(to: view.request.id, call)
    }
    let baseline = asked ?? (view.state.isPayable ? view.state : nil)
    guard let seconds, seconds > 0, let baseline, baseline == view.state else { return completion(reply) }
    let isWaiting = endpoint.requests.wait(
      for: view.request.id, whileIn: baseline, milliseconds: seconds * 1_000
    ) { completion(reply) }
    guard isWaiting else { throw .tooManyWait }
  }

  @Sendable private static func claim(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let request = try endpoint.request(of: call)
    let isNew = endpoint.requests.view(request).state == .open
    let view = endpoint.requests.claim(request)
    if isNew, view.state == .claimed { endpoint.tills.claimed(request.id) }
    let refusal: Refusal
    switch view.state {
    case .open, .claimed: return Response(json: endpoint.json(of: view))
    case .paid: refusal = .requestPaid
    case .expired: refusal = .requestExpired
    case .cancelled: refusal = .requestCancelled
    }
    throw Problem(refusal, currencies: [])
  }

  @Sendable private static func image(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let request = try endpoint.request(of: call)
    guard let link = endpoint.link(to: request), let code = QRCode(link) else { throw .notFound }
    return Response(type: "image/svg+xml", body: Array(code.svg(label: link).utf8))
  }

  @Sendable private static func list(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let number = MemberNumber(call.path("account")) else { throw .notFound }
    guard call.principal.reads(number) else {
      throw call.principal.isKnown ? .forbidden : .tokenMissing
    }
    let limit = try call.limit(Limits.pageRowsMax)
    let before = try call.query("cursor") { DecimalText.unsigned($0) } ?? .max
    let rows = try endpoint.query { () throws(StoreError) in
      try endpoint.journal.requests(of: number, before: before, limit: limit + 1)
    }
    var shown: [JSON] = []
    for request in rows.prefix(limit) {
      let text = try endpoint.query { () throws(StoreError) in
        try endpoint.journal.saltedText(of: request.record)
      }
      let view = endpoint.requests.view(request)
      shown.append(
        .object(
          endpoint.members(of: view) + [
            JSON.Member("reference", .optional(text.map { String(decoding: $0.text, as: UTF8.self) })),
            JSON.Member("number", .integer(Int64(request.record))),
            JSON.Member("paid_in", .optional(request.paidIn.map { Int64($0) })),
          ]))
    }
    let next = rows.count > limit ? rows.prefix(limit).last.map { "\($0.record)" } : nil
    return Response(json: .object(["requests": .array(shown), "next": .optional(next)]))
  }
}

extension Endpoint {
  /// Refuses for a while whoever is nobody known and guessed wrong too often.
  func checkGuesses(of call: Call) throws(Problem) {
    guard !call.principal.isKnown, let seconds = requests.guesses.wait(of: call.request.address) else {
      return
    }
    throw Problem(
      429, "too-many", .problemTooManyCodes, headers: [("Retry-After", "\(seconds)")], isRetryable: true)
  }

  /// What was asked for by a code, a token or a name is not there; whoever is known may be wrong as often as they like.
  func guessed(by call: Call) {
    if !call.principal.isKnown { requests.guesses.fail(call.request.address) }
  }

  /// The request of the code in the path. Whoever is nobody known and fails too often is sent away for a while.
  func request(of call: Call) throws(Problem) -> RecordedRequest {
    try checkGuesses(of: call)
    var found: RecordedRequest?
    if let code = RequestCode(typed: call.path("code")) {
      found = try query { () throws(StoreError) in try journal.request(code) }
    }
    guard let found else {
      guessed(by: call)
      throw Problem(Refusal.unknownRequest, currencies: [])
    }
    return found
  }

  /// A request as it is now.
  fileprivate func response(to id: NoteID, _ call: Call) throws(Problem) -> Response {
    let request = try query { () throws(StoreError) in try journal.request(id) }
    guard let request else { throw Problem(Refusal.unknownRequest, currencies: []) }
    if case .till(let grant) = call.principal {
      let own = try query { () throws(StoreError) in
        try tills.store.request(id).flatMap { own throws(StoreError) in
          own.till == grant.till.id ? try tills.view(of: request) : nil
        }
      }
      if let own { return Response(json: .object(own)) }
    }
    return Response(json: json(of: requests.view(request)))
  }

  /// Where a request is paid in a browser; `nil` as long as the endpoint is on no socket.
  func link(to request: RecordedRequest) -> String? {
    guard let code = request.code, let publicBase else { return nil }
    return "\(publicBase)/p/\(code)"
  }

  /// What anyone with the code may see.
  func json(of view: RequestDesk.View) -> JSON { .object(members(of: view)) }

  /// The members of that object, for those who add what only they may show.
  func members(of view: RequestDesk.View) -> [JSON.Member] {
    let request = view.request
    let card = journal.read { $0.member(request.payee)?.card }
    return [
      JSON.Member("code", .optional(request.code?.description)),
      JSON.Member("id", .string(request.id.hex)), JSON.Member("state", .string(view.state.rawValue)),
      JSON.Member("to", .string(request.payee.description)),
      JSON.Member("handle", .optional(card?.handle?.description)),
      JSON.Member("name", .optional(card?.name?.description)),
      JSON.Member("currency", .string(request.currency.description)),
      JSON.Member("amount", .integer(request.amount)),
      JSON.Member("expires", .string(Timestamp(seconds: request.until).rfc3339)),
      JSON.Member("link", .optional(link(to: request))),
    ]
  }
}
