import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch

/// Tills: a merchant makes them, lists them, ends them; each shows itself and what happens at it.
enum TillRoutes {
  static let all = [
    Route(
      method: "POST", path: "/v1/tills", summary: "Make a till; its token is shown this once",
      security: .bearer,
      accepts: [("application/json", "TillOrder")], answers: [(201, "application/json", "NewTill")],
      problems: [400, 401, 403, 404, 409, 413, 415], handler: .deferred(make)),
    Route(
      method: "GET", path: "/v1/tills", summary: "The tills of a merchant", security: .bearer,
      answers: [(200, "application/json", "Tills")], problems: [401, 403], handler: .deferred(list)),
    Route(
      method: "GET", path: "/v1/tills/{till}", summary: "A till and its shop", security: .bearer,
      admitsTill: true, answers: [(200, "application/json", "Till")], problems: [401, 403, 404],
      handler: .deferred(show)),
    Route(
      method: "DELETE", path: "/v1/tills/{till}", summary: "End a till: its token opens nothing any more",
      security: .bearer, answers: [(204, "", "")], problems: [401, 403, 404], handler: .deferred(end)),
    Route(
      method: "GET", path: "/v1/tills/{till}/events",
      summary: "What happens at a till, as server-sent events; goes on behind Last-Event-ID; with wait, ends",
      query: ["wait"], security: .bearer,
      admitsTill: true, answers: [(200, "text/event-stream", "Events")], problems: [401, 403, 404, 429],
      handler: .deferred(events)),
  ]

  /// The member who asks; whoever has the ledger's files names one.
  private static func member(_ call: Call, _ named: String?) throws(Problem) -> MemberNumber? {
    switch call.principal {
    case .bearer(let grant) where grant.scope == .account && named == nil: grant.member
    case .local:
      try named.map { text throws(Problem) in
        guard let number = MemberNumber(text) else {
          throw .badValue("member")
        }
        return number
      }
    case .anyone: throw .tokenMissing
    case .bearer, .till: throw .forbidden
    }
  }

  /// The till's id in the path; `own` is the one whose token asks.
  private static func id(_ call: Call) -> TillID? {
    if case .till(let grant) = call.principal, call.path("till") == "own" { return grant.till.id }
    return TillID(call.path("till"))
  }

  /// The till in the path, which the caller may see: its own, or one of the member's. On the queue.
  static func till(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Till {
    guard call.principal.isKnown else { throw .tokenMissing }
    guard let id = id(call) else { throw .notFound }
    let found = try endpoint.query { () throws(StoreError) in try endpoint.tills.store.till(id) }
    guard let till = found else { throw .notFound }
    switch call.principal {
    case .till(let grant) where grant.till.id == id: return till
    case .bearer(let grant) where grant.scope == .account && grant.member == till.member: return till
    case .local: return till
    // Whether there is such a till is nobody else's business.
    case .anyone, .bearer, .till: throw .notFound
    }
  }

  @Sendable private static func make(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let json = try JSONBody.object(call.request, members: ["name", "time_zone", "member"])
    guard let member = try member(call, json["member"]?.string) else {
      throw .badValue("member")
    }
    guard let name = json["name"]?.string, Till.isName(name) else {
      throw .badValue("name")
    }
    guard let zone = json["time_zone"]?.string, TillDays(zone) != nil else {
      throw .badValue("time_zone")
    }
    let (isMember, size) = endpoint.journal.read { ($0.member(member) != nil, $0.size) }
    guard isMember else { throw .notFound }
    let key = SecretKey.generate()
    let till = Till(
      id: .random(), member: member, name: name, timeZone: zone, key: key.publicKey,
      made: endpoint.journal.clock.now)
    endpoint.tills.answer(completion) { () throws(Problem) in
      let token = TillToken.make()
      do throws(ServiceStore.TillRefusal) {
        try endpoint.tills.store.add(till, key: key, token: token.hash, size: size)
      } catch {
        switch error {
        case .nameTaken: throw Problem(409, "till-exists", .problemTillExists)
        case .tooMany: throw Problem(409, "too-many-tills", .problemTooManyTills, "\(Till.countMax)")
        case .store(let error): throw Problem(error)
        }
      }
      var response = Response(
        status: 201,
        json: .object([
          "id": .string(till.id.description), "name": .string(name), "key": .string(till.key.base64),
          "token": .string(token.text),
        ]))
      response.headers.append((name: "Location", value: "/v1/tills/\(till.id)"))
      return response
    }
  }

  @Sendable private static func list(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let member = try member(call, nil)
    endpoint.tills.answer(completion) { () throws(Problem) in
      let tills = try endpoint.query { () throws(StoreError) in try endpoint.tills.store.tills(of: member) }
      let now = endpoint.journal.clock.now
      let rows = endpoint.journal.read { state in
        tills.map { till in
          JSON.object([
            "id": .string(till.id.description), "name": .string(till.name),
            "number": .string(till.member.description), "key": .string(till.key.base64),
            "enrolled": .bool(state.member(till.member)?.key(till.key)?.isActive(at: now) ?? false),
            "time_zone": .string(till.timeZone), "made": .string(till.made.rfc3339),
            "ended": .optional(till.ended?.rfc3339),
          ])
        }
      }
      return Response(json: .object(["tills": .array(rows)]))
    }
  }

  @Sendable private static func show(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    endpoint.tills.answer(completion) { () throws(Problem) in
      let till = try till(endpoint, call)
      let now = endpoint.journal.clock.now
      return Response(
        json: endpoint.journal.read { state in
          let card = state.member(till.member)?.card
          let currencies = state.currencies.map { $0.json(limits: state.generalLimits(of: $0.code, at: now)) }
          return .object([
            "id": .string(till.id.description), "name": .string(till.name),
            "number": .string(till.member.description), "handle": .optional(card?.handle?.description),
            "shop": .optional(card?.name?.description), "currencies": .array(currencies),
            "time_zone": .string(till.timeZone), "trial": .bool(state.purpose == .trial),
          ])
        })
    }
  }

  @Sendable private static func end(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    endpoint.tills.answer(completion) { () throws(Problem) in
      let till = try till(endpoint, call)
      try endpoint.query { () throws(StoreError) in
        try endpoint.tills.store.end(till.id, at: endpoint.journal.clock.now)
      }
      endpoint.tills.streams.end(till.id)
      return Response(status: 204)
    }
  }

  /// Whether who asks for a stream may go on listening. A till's streams end with the till; a merchant's when the token
  /// runs out or the key is revoked.
  private static func listener(
    _ endpoint: Endpoint, _ call: Call
  ) throws(Problem) -> @Sendable () -> Bool {
    switch call.principal {
    case .till: { true }
    case .bearer(let grant) where grant.scope == .account:
      { [weak endpoint] in
        endpoint.map { grant.expires > $0.journal.clock.now.seconds && $0.isStillEntitled(grant) } ?? false
      }
    case .anyone: throw .tokenMissing
    case .bearer, .local: throw .forbidden
    }
  }

  @Sendable private static func events(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let header = call.request.headers["last-event-id"]
    let last = header.flatMap { DecimalText.unsigned($0) }.flatMap { Int64(exactly: $0) }
    guard header == nil || last != nil else { throw .badParameter }
    let seconds = try call.waitSeconds()
    let isEntitled = try listener(endpoint, call)
    endpoint.tills.work(completion) { () throws(Problem) in
      let (stream, place, missed) = try opened(endpoint, call, after: last, while: isEntitled)
      guard let seconds else {
        stream.push(place + missed.flatMap(TillStreams.bytes))
        return completion { () in response(stream) }
      }
      let first = missed.prefix(Limits.eventsPerAnswerMax).flatMap(TillStreams.bytes)
      if !first.isEmpty { stream.push(first) }
      // Who does not say where to go on from is told where that is.
      if last == nil || seconds == 0 { stream.end() }
      stream.onceReady {
        // Not here, where the stream is held by whoever wakes it.
        endpoint.tills.store.queue.async {
          completion { () in
            defer { stream.detach() }
            return Response(type: eventStreamType, body: place + stream.pending)
          }
        }
      }
      endpoint.tills.store.queue.asyncAfter(deadline: .now() + .seconds(seconds)) { stream.end() }
    }
  }

  private static let eventStreamType = "text/event-stream; charset=utf-8"

  private static func response(_ stream: EventStream) -> Response {
    var response = Response(type: eventStreamType, body: [])
    response.headers.append((name: "X-Accel-Buffering", value: "no"))
    response.stream = stream
    return response
  }

  /// A stream, where it begins, so that whoever is cut off before the first event goes on from there, and what was missed
  /// since. On the service store's queue, where events are published too.
  private static func opened(
    _ endpoint: Endpoint, _ call: Call, after last: Int64?, while isEntitled: @escaping @Sendable () -> Bool
  ) throws(Problem) -> (EventStream, place: [UInt8], missed: [TillEvent]) {
    let till = try till(endpoint, call)
    let (missed, newest) = try endpoint.query { () throws(StoreError) in
      let store = endpoint.tills.store
      return (
        try last.map { last throws(StoreError) in try store.events(of: till.id, after: last) } ?? [],
        try store.newestEvent(of: till.id)
      )
    }
    // A token that was ended while this call waited opens nothing.
    guard till.ended == nil, isEntitled() else { throw .tokenInvalid }
    guard let stream = endpoint.tills.streams.open(till.id, while: isEntitled) else { throw .tooMany }
    return (stream, Array("retry: 2000\nid: \(last ?? newest)\n\n".utf8), missed)
  }
}
