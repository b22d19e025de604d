import CarnetLedger
import CarnetNotes

/// One address and method: how it is answered and what it promises. The router, `Allow` and /openapi.json are all made
/// from this table. A class, since each request refers to one and copies none.
final class Route: Sendable {
  enum Handler: Sendable {
    case immediate(@Sendable (Endpoint, Call) throws(Problem) -> Response)
    /// Answers later, with a reply that is made on the thread that sends it.
    case deferred(
      @Sendable (Endpoint, Call, @escaping @Sendable (@escaping DeferredReply) -> Void) throws(Problem) ->
        Void)
  }

  typealias DeferredReply = @Sendable () throws(Problem) -> Response

  /// How a caller shows who it is.
  enum Security: Sendable {
    case open, optional, bearer
  }

  let method: String
  /// `/v1/accounts/{account}/statement`.
  let path: String
  let summary: String
  let query: [String]
  let security: Security
  /// Whether a till's token is looked at; elsewhere it is as good as none, or refused where one is needed.
  let admitsTill: Bool
  /// Media types of the body it takes, by the name of their schema.
  let accepts: [(type: String, schema: String)]
  /// Successful answers: status, media type, name of the schema.
  let answers: [(status: Int, type: String, schema: String)]
  /// Statuses of the problems it gives, beside those that any address gives.
  let problems: [Int]
  let handler: Handler
  /// For logs and metrics: method and path.
  let name: String

  init(
    method: String, path: String, summary: String, query: [String] = [], security: Security = .open,
    admitsTill: Bool = false, accepts: [(type: String, schema: String)] = [],
    answers: [(status: Int, type: String, schema: String)], problems: [Int] = [], handler: Handler
  ) {
    (self.method, self.path, self.summary, name) = (method, path, summary, "\(method) \(path)")
    (self.query, self.security, self.admitsTill) = (query, security, admitsTill)
    (self.accepts, self.answers, self.problems, self.handler) = (accepts, answers, problems, handler)
  }

  /// Whether nobody is answered who does not show who they are.
  var needsBearer: Bool {
    if case .bearer = security { true } else { false }
  }

  /// The parts of the path; a parameter stands in braces.
  var segments: [Substring] {
    path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  }
}

/// A route's path, taken apart once for all requests.
struct RoutePattern: Sendable {
  private enum Part: Sendable {
    case literal(String)
    case parameter(String)
    /// Whatever is left of the path, at least one part.
    case rest
  }

  private let parts: [Part]
  private let endsOpen: Bool

  /// - Parameter segments: of a route; a parameter stands in braces, `{rest}` is the last one.
  init(_ segments: [Substring]) {
    parts = segments.map { segment in
      guard segment.hasPrefix("{") else { return .literal(String(segment)) }
      return segment == "{rest}" ? .rest : .parameter(String(segment.dropFirst().dropLast()))
    }
    endsOpen = segments.last == "{rest}"
  }

  /// The parameters of a path of this form, `nil` for another path.
  func parameters(of segments: [String]) -> [String: String]? {
    guard parts.count == segments.count || (endsOpen && segments.count >= parts.count) else { return nil }
    var parameters: [String: String] = [:]
    for (index, part) in parts.enumerated() {
      switch part {
      case .literal(let text): guard text == segments[index] else { return nil }
      case .parameter(let name):
        guard !segments[index].isEmpty else { return nil }
        parameters[name] = segments[index]
      case .rest: parameters["rest"] = segments[index...].joined(separator: "/")
      }
    }
    return parameters
  }
}

extension Principal {
  /// Who it is to a route: a till's token opens what is made for tills, and nothing else.
  func admitted(to route: Route) throws(Problem) -> Principal {
    guard case .till = self, !route.admitsTill else { return self }
    guard route.security != .bearer else { throw .forbidden }
    return .anyone
  }
}

enum Routes {
  /// Every route, in the order of /openapi.json.
  static let all: [Route] =
    NoteRoutes.all + LedgerRoutes.all + ClosingRoutes.all + AccountRoutes.all + RequestRoutes.all
    + PageRoutes.all + ServiceRoutes.all + TillRoutes.all + TillReportRoutes.all + TillRequestRoutes.all
    + WebhookRoutes.all + InvitationRoutes.all

  /// Every route with the pattern of its path.
  private static let patterns = all.map { (route: $0, pattern: RoutePattern($0.segments)) }

  /// The route of a request, with the parameters of its path.
  static func find(_ request: Request) throws(Problem) -> (Route, [String: String]) {
    let method = request.method == "HEAD" ? "GET" : request.method
    var others: [String] = []
    for (route, pattern) in patterns {
      guard let parameters = pattern.parameters(of: request.segments) else { continue }
      if route.method == method { return (route, parameters) }
      others.append(route.method)
    }
    guard !others.isEmpty else { throw .notFound }
    if others.contains("GET") { others.append("HEAD") }
    throw Problem(
      405, "method-not-allowed", .problemMethod,
      headers: [("Allow", others.sorted().joined(separator: ", "))])
  }
}
