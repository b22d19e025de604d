import CarnetJournal
import CarnetLedger
import CarnetNotes

/// A till asks to be paid, and takes that back.
enum TillRequestRoutes {
  static let all = [
    Route(
      method: "POST", path: "/v1/requests", summary: "Ask to be paid, in a till's name", security: .bearer,
      admitsTill: true, accepts: [("application/json", "RequestOrder")],
      answers: [(201, "application/json", "TillRequest")],
      problems: [400, 401, 403, 409, 413, 415, 422, 429, 500],
      handler: .deferred(make)),
    Route(
      method: "DELETE", path: "/v1/requests/{code}", summary: "Cancel a request of the till",
      security: .bearer,
      admitsTill: true, answers: [(204, "", "")], problems: [401, 403, 404, 409, 500],
      handler: .deferred(cancel)),
  ]

  private static func till(_ call: Call) throws(Problem) -> Till {
    guard case .till(let grant) = call.principal else {
      throw call.principal.isKnown ? .forbidden : .tokenMissing
    }
    return grant.till
  }

  @Sendable private static func make(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let till = try till(call)
    let once = try TillService.OnceCall(call, scope: "till:\(till.id)")
    endpoint.tills.request(try TillOrder(call.request), by: till, once, completion)
  }

  @Sendable private static func cancel(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let till = try till(call)
    guard let code = RequestCode(typed: call.path("code")) else { throw .notFound }
    endpoint.tills.cancel(code, by: till, completion)
  }
}
