public import CarnetJournal
import CarnetLedger
import CarnetNotes
import Synchronization

/// A ledger's routes: from a request to a response, with or without a socket in between.
public final class Endpoint: Responder {
  let journal: Journal
  let tokens = TokenStore()
  let metrics = Metrics()
  let tills: TillService
  /// The hosts it answers for, as `Host` headers write them; everything where it is empty.
  let hosts: Set<String>
  let requests: RequestDesk
  /// Who waits for an invitation to change; they are added on the service store's queue, where invitations change too.
  let invitations = Waiters<InvitationID, Void>(countMax: Limits.invitationWaitersMax)
  private let base = Mutex<String?>(nil)

  /// - Parameter hosts: lower-case host names with their ports; a request for another gets 421.
  public convenience init(journal: Journal, hosts: Set<String> = []) {
    self.init(journal: journal, hosts: hosts, webhooks: .init())
  }

  /// - Parameter webhooks: how far those may lie, and how they are reached.
  package init(journal: Journal, hosts: Set<String> = [], webhooks: WebhookService.Options) {
    (self.journal, self.hosts) = (journal, hosts)
    requests = RequestDesk(journal)
    tills = TillService(journal, webhooks)
    tills.tells { [invitations] id in invitations.wake(id) }
    tills.describes { [weak self] request in
      self.map { $0.members(of: $0.requests.view(request)) }
    }
  }

  /// What links to its pages begin with; `nil` as long as it is on no socket.
  var publicBase: String? { base.withLock { $0 } }

  /// Sets what links to its pages begin with, without a slash at the end.
  public func publish(at address: String) { base.withLock { $0 = address } }

  /// Opens the service store and starts to follow the journal and the clock on behalf of tills.
  public func start() throws(StoreError) { try tills.start() }

  /// Ends what goes on, and closes the service store.
  public func stop() { tills.stop() }

  /// Answers whoever waits for a change, and ends the streams: the server is about to stop.
  func release() {
    requests.release()
    invitations.release()
    tills.streams.end(nil)
  }

  func respond(to request: Request, completion: @escaping @Sendable (@escaping Reply) -> Void) {
    respond(to: request, as: nil, completion: completion)
  }

  /// Answers a request; `completion` is called once, at once or behind the commit that decides.
  ///
  /// - Parameter principal: who asks, where that is known otherwise than by a token in the request.
  public func respond(
    to request: Request, as principal: Principal?,
    completion: @escaping @Sendable (@escaping Reply) -> Void
  ) {
    let exchange = Exchange(request)
    do throws(Problem) {
      try checkHost(of: request)
      let (route, parameters) = try Routes.find(request)
      let caller: Principal
      if let principal { caller = principal } else { caller = try self.principal(of: request) }
      let call = Call(
        request: request, parameters: parameters, principal: try caller.admitted(to: route),
        language: exchange.language)
      // Who asks is asked first: whoever may not know the answer learns nothing of the question either.
      guard caller.isKnown || !route.needsBearer else { throw .tokenMissing }
      try call.checkQuery(route.query)
      switch route.handler {
      case .immediate(let handler):
        let response = try handler(self, call)
        completion { [self] in finished(response, exchange, route) }
      case .deferred(let handler):
        try handler(self, call) { [self] reply in
          completion { [self] in
            do throws(Problem) { return finished(try reply(), exchange, route) } catch {
              return finished(error.response(in: exchange.language, requestID: exchange.id), exchange, route)
            }
          }
        }
      }
    } catch {
      let response = error.response(in: exchange.language, requestID: exchange.id)
      completion { [self] in finished(response, exchange, nil) }
    }
  }

  /// The response to a request that could not even be read, with all that every response has.
  func response(to problem: Problem, language: String?) -> Response {
    let exchange = Exchange(acceptLanguage: language)
    return finished(problem.response(in: exchange.language, requestID: exchange.id), exchange, nil)
  }

  /// One request on its way.
  private struct Exchange: Sendable {
    let id: String
    let language: Language

    init(_ request: Request) {
      id = RequestID.next()
      language = Exchange.language(of: request)
    }

    init(acceptLanguage: String?) {
      id = RequestID.next()
      language = Exchange.preferred(in: acceptLanguage)
    }

    /// `lang` in the query, else the first language of `Accept-Language` that is spoken here.
    private static func language(of request: Request) -> Language {
      if let asked = request.parameter("lang").flatMap({ Language(rawValue: $0) }) { return asked }
      return preferred(in: request.headers["accept-language"])
    }

    /// The first language of the header that is spoken here; weights are not looked at, people list what they prefer first.
    private static func preferred(in header: String?) -> Language {
      for range in (header ?? "").lowercased().split(separator: ",") {
        let tag = range.drop { $0 == " " }.prefix { $0 != ";" && $0 != "-" && $0 != " " }
        if let language = Language(rawValue: String(tag)) { return language }
      }
      return .english
    }
  }

  private func finished(_ response: Response, _ exchange: Exchange, _ route: Route?) -> Response {
    metrics.count(status: response.status, route: route?.name ?? "none")
    var response = response
    let given = response.headers
    response.headers.reserveCapacity(given.count + Response.guards.count + 1)
    for header in Response.guards where !given.contains(where: { $0.name == header.name }) {
      response.headers.append(header)
    }
    response.headers.append((name: "X-Request-Id", value: exchange.id))
    return response
  }

  private func checkHost(of request: Request) throws(Problem) {
    guard !hosts.isEmpty else { return }
    guard let host = request.headers["host"], hosts.contains(host.lowercased()) else {
      throw Problem(421, "wrong-host", .problemHost)
    }
  }

  private func principal(of request: Request) throws(Problem) -> Principal {
    guard let header = request.headers["authorization"] else { return .anyone }
    let words = header.split(separator: " ")
    if words.count == 2, words[0].lowercased() == "bearer", let hash = TillToken.hash(of: String(words[1])) {
      let till = try query { () throws(StoreError) in try tills.store.till(bearing: hash) }
      guard let till else { throw .tokenInvalid }
      return .till(.init(till: till))
    }
    guard words.count == 2, words[0].lowercased() == "bearer",
      let grant = tokens.grant(of: String(words[1]), now: journal.clock.now.seconds),
      isStillEntitled(grant)
    else { throw .tokenInvalid }
    return .bearer(grant)
  }

  /// A role that was taken away, or a key that was revoked, ends what a token gives, at once.
  func isStillEntitled(_ grant: Principal.Grant) -> Bool {
    let now = journal.clock.now
    guard let member = journal.read({ $0.member(grant.member) }), let key = member.key(grant.key),
      key.isActive(at: now)
    else { return false }
    return switch grant.scope {
    case .account: true
    case .audit: member.acts(as: [.officer, .auditor])
    case .counter: member.acts(as: [.officer, .teller])
    case .office: member.acts(as: [.officer])
    }
  }

  /// Runs a query of the journal and turns its failure into a problem.
  func query<Result>(_ body: () throws(StoreError) -> Result) throws(Problem) -> Result {
    do throws(StoreError) { return try body() } catch { throw Problem(error) }
  }
}

/// What a request is called in its answer (`X-Request-Id`): unlike any other, and nothing that could be guessed from.
private enum RequestID {
  private static let start = SecureRandom.bytes(8).reduce(0) { UInt64($0) << 8 | UInt64($1) }
  private static let count = Atomic<UInt64>(0)

  /// Sixteen hexadecimal digits: a random place to start at, and so many requests behind it.
  static func next() -> String {
    let number = start &+ count.add(1, ordering: .relaxed).newValue
    return Hex.encode(number.bigEndianBytes)
  }
}

/// A request on its route.
struct Call: Sendable {
  let request: Request
  let parameters: [String: String]
  let principal: Principal
  let language: Language

  /// Refuses whoever may not read all accounts.
  func requireAll() throws(Problem) {
    guard principal.readsAll else { throw principal.isKnown ? .forbidden : .tokenMissing }
  }

  /// Refuses whoever is not an officer who asked for this, or has not the ledger's own files. To read everything is not to
  /// set anything up.
  func requireOffice() throws(Problem) {
    switch principal {
    case .local: return
    case .bearer(let grant) where grant.scope == .office: return
    case .anyone: throw .tokenMissing
    case .bearer, .till: throw .forbidden
    }
  }

  /// Refuses parameters the route does not know, and repeated ones.
  func checkQuery(_ known: [String]) throws(Problem) {
    let names = request.query.map(\.name)
    guard Set(names).count == names.count, names.allSatisfy({ known.contains($0) || $0 == "lang" }) else {
      throw .badParameter
    }
  }

  /// A parameter of the path, which the route's pattern promises.
  func path(_ name: String) -> String { parameters[name] ?? "" }

  /// A parameter of the query as whatever `parse` makes of it; `nil` where it is not given.
  func query<Value>(_ name: String, _ parse: (String) -> Value?) throws(Problem) -> Value? {
    guard let text = request.parameter(name) else { return nil }
    guard let value = parse(text) else { throw .badParameter }
    return value
  }

  /// `wait` of the query: seconds for which an answer may be held back; `nil` where none are asked for.
  func waitSeconds() throws(Problem) -> Int? {
    try query("wait") { text in
      DecimalText.unsigned(text).flatMap { $0 <= UInt64(Limits.requestWaitSecondsMax) ? Int($0) : nil }
    }
  }

  /// `limit` of the query, at most `largest`.
  func limit(_ largest: Int) throws(Problem) -> Int {
    let limit = try query("limit") { text in
      DecimalText.unsigned(text).flatMap {
        (1...UInt64(largest)).contains($0) ? Int($0) : nil
      }
    }
    return limit ?? largest
  }
}
