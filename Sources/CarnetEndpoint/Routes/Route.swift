import CarnetLedger
import CarnetNotes

/// One address and method: how it is answered and what it promises. The router, `Allow` and /openapi.json are all made
/// from this table.
struct Route: Sendable {
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
  var query: [String] = []
  var security = Security.open
  /// Whether a till's token is looked at; elsewhere it is as good as none, or refused where one is needed.
  var admitsTill = false
  /// Media types of the body it takes, by the name of their schema.
  var accepts: [(type: String, schema: String)] = []
  /// Successful answers: status, media type, name of the schema.
  let answers: [(status: Int, type: String, schema: String)]
  /// Statuses of the problems it gives, beside those that any address gives.
  var problems: [Int] = []
  let handler: Handler

  /// Whether nobody is answered who does not show who they are.
  var needsBearer: Bool {
    if case .bearer = security { true } else { false }
  }

  /// For logs and metrics.
  var name: String { "\(method) \(path)" }

  /// The parts of the path; a parameter stands in braces.
  var segments: [Substring] {
    path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  }

  /// The parameters of a path of this form, `nil` for another path.
  ///
  /// - Parameter pattern: ``segments``, which are cut once for all requests.
  func parameters(of segments: [String], by pattern: [Substring]) -> [String: String]? {
    guard pattern.count == segments.count || (pattern.last == "{rest}" && segments.count >= pattern.count)
    else {
      return nil
    }
    var parameters: [String: String] = [:]
    for (index, part) in pattern.enumerated() {
      if part == "{rest}" {
        parameters["rest"] = segments[index...].joined(separator: "/")
      } else if part.hasPrefix("{") {
        guard !segments[index].isEmpty else { return nil }
        parameters[String(part.dropFirst().dropLast())] = segments[index]
      } else if part != segments[index] {
        return nil
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

  /// Every route with the parts of its path.
  private static let patterns = all.map { (route: $0, pattern: $0.segments) }

  /// The route of a request, with the parameters of its path.
  static func find(_ request: Request) throws(Problem) -> (Route, [String: String]) {
    let matches = patterns.compactMap { route, pattern in
      route.parameters(of: request.segments, by: pattern).map { (route, $0) }
    }
    guard !matches.isEmpty else { throw .notFound }
    let method = request.method == "HEAD" ? "GET" : request.method
    if let match = matches.first(where: { $0.0.method == method }) { return match }
    var methods = matches.map(\.0.method)
    if methods.contains("GET") { methods.append("HEAD") }
    throw Problem(
      405, "method-not-allowed", .problemMethod,
      headers: [("Allow", methods.sorted().joined(separator: ", "))])
  }
}
